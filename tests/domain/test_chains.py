"""Each line names the line before it, or the chain says where it breaks."""

from pwa.domain.custody import chains
from tests import small_fund
from tests.small_fund import NOW


def lines(phone, count):
    return [phone.line("household", small_fund.household(), at=NOW, place="canal") for _ in range(count)]


def test_it_names_where_a_chain_breaks(settled_fund):
    whole, broken = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    whole.send(lines(whole, 3), at=NOW)
    sent = lines(broken, 2)
    broken.prev = "a" * 64
    broken.send(sent + lines(broken, 2), at=NOW)
    assert chains.breaks() == [(broken.device.id, 3)]
    assert chains.breaks(whole.device.id) == []


def test_a_gap_is_no_break_and_a_first_line_names_none(settled_fund):
    phone, odd = small_fund.phone(settled_fund), small_fund.phone(settled_fund, "volunteer-2")
    sent = lines(phone, 3)
    phone.send([sent[0], sent[2]], at=NOW)
    odd.prev = "a" * 64
    odd.send(lines(odd, 1), at=NOW)
    assert chains.breaks() == [(odd.device.id, 1)]
