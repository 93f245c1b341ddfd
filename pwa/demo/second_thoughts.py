"""What was looked at twice in the village: an approval undone by a counter-decision, and a draw for second looks with one finding."""

from pwa.domain.places import units
from pwa.domain.review import counter_decisions, review, samples, second_looks


def tell(world, entry):
    """The zone leader approves a house too quickly, the registrar undoes it; a week's draw, of which one was looked at."""
    leader, registrar = world.accounts["zone-leader"], world.accounts["registrar"]
    review.approve(entry, by=leader, at=world.days_ago(4))
    why = "อนุมัติผิดหลัง บ้านนี้ยังไม่ได้ไปดู"
    counter_decisions.undo(entry, by=registrar, at=world.days_ago(3), reason=why)
    at = world.days_ago(2, hour=15)
    draw = samples.draw(units.get("Z1"), by=registrar, at=at, seed=f"{world.chance.getrandbits(256):064x}")
    first = samples.in_order(samples.lots(draw))[0]
    words = "โทรถามแล้ว ตรงกันทุกข้อ"
    second_looks.look(first, by=registrar, at=world.days_ago(1), outcome="agrees", words=words)
