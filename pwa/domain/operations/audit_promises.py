"""The promises about the auditor's desk: what was drawn is what its seed and its closed set give, and words follow each other."""

from db.models import Audit, AuditItem, Fund
from pwa.domain.fund import audit_words, audits


def samples_of_the_books_repeat():
    """Every sample comes out the same again from its seed, the hash that two signed, and what that set holds."""
    for one in Audit.select(Audit, Fund).join(Fund):
        period = audits.period_of(one)
        if one.set_hash != period.close.set_hash:
            yield f"The sample {one.id} names another hash than its period."
        for kind in audits.KINDS:
            listed = audits.population(period, kind)
            size, many = getattr(one, f"{kind}s"), getattr(one, f"{kind}s_of")
            rows = AuditItem.select().where(AuditItem.audit == one, AuditItem.kind == kind).order_by(AuditItem.place)
            kept = [audits.name_of(item) for item in rows]
            if len(listed) != many or kept != audits.drawn(kind, listed, one.seed, one.set_hash, size):
                yield f"The sample {one.id} does not repeat: {kind}."


def words_of_auditors_follow_each_other():
    """About each thing that was drawn one word follows the other as the table says, with no gap."""
    for one in Audit.select():
        for seen in audit_words.of(one):
            before = ["", *(word.kind for word in seen.words)]
            fits = all(word.kind in audit_words.FOLLOWS[last] for last, word in zip(before, seen.words, strict=False))
            if not fits or [word.n for word in seen.words] != list(range(len(seen.words))):
                yield f"The words about the item {seen.item.id} of a sample do not follow each other."
