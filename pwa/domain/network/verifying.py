"""Whether a report holds: its signature by a key that is known, its sums, and its place after the reports before. Pure."""

from collections.abc import Iterable, Sequence

from pwa.domain import N_
from pwa.domain.fund.sentences import Sentence
from pwa.domain.network import certificates, declared_sums, figures, notes
from pwa.domain.network.report_files import Report, number

DRAFT = N_("This is a draft: nobody has signed it yet.")
UNSIGNED = N_("Nobody signed this report.")
STRANGE = N_("None of the keys that are known here signed this report of %(unit)s.")
FORGED = N_("The signature of %(unit)s does not fit: the report was changed after it was signed.")
ENDED = N_(
    "The key that signed the report %(seq)s of %(unit)s counts only up to the report %(last)s: another took its place."
)
BEFORE = N_("The key that signed the report %(seq)s of %(unit)s counts only from the report %(first)s on.")
CERTIFICATE = N_("%(by)s has not signed the certificate of a key of %(unit)s that stands in this report.")
SUM = N_("The sum does not hold: %(left)s is %(n)s, %(right)s is %(other)s.")
PARTS = N_("%(figure)s: the groups of %(cut)s come to %(n)s, not to %(whole)s.")
OVER = N_("%(figure)s: the groups of %(cut)s that are told come to more than %(whole)s.")
DICTIONARY = N_("The figures of this report mean something else than here. Bring this software up to date.")
PREVIOUS = N_("It does not follow from the report before: %(figure)s is %(n)s, and there it was %(before)s.")
CHILDREN = N_("%(figure)s is not the sum of the children's reports: %(n)s, and they come to %(sum)s.")
FORK = N_("There are two different reports of %(unit)s with the number %(seq)s.")
SEQ = N_("The number %(seq)s of %(unit)s does not come after the one that it names as the report before.")


def faults(report: Report, keys: Iterable[notes.Key]) -> list[Sentence]:
    """Every reason why a report alone does not hold."""
    known, found = list(keys), list(report.faults)
    if not found:
        found += sums(report) + certified(report, known)
    return found + signed(report, known)


def signed(report: Report, keys: Iterable[notes.Key]) -> list[Sentence]:
    """Why its signature does not count; nothing where a known key of its own unit signed these bytes."""
    if report.header.get("seq") == 0:
        return [Sentence(DRAFT)]
    mine = [key for key in keys if key.unit == report.unit and key.by in ("", report.header.get("parent"))]
    if not report.signatures:
        return [Sentence(UNSIGNED)]
    tried = [key for key in mine if any((one.unit, one.id) == (key.unit, key.id) for one in report.signatures)]
    if not tried:
        return [Sentence(STRANGE, {"unit": report.unit})]
    holding = [key for key in tried if any(key.holds(one, report.body) for one in report.signatures)]
    if not holding:
        return [Sentence(FORGED, {"unit": report.unit})]
    seq = report.header.get("seq")
    if not isinstance(seq, int) or any(key.counts(seq) for key in holding):
        return []
    [key, *_] = holding
    about = {"unit": report.unit, "seq": seq}
    if seq < key.from_seq:
        return [Sentence(BEFORE, about | {"first": key.from_seq})]
    return [Sentence(ENDED, about | {"last": (key.until or seq) - 1})]


def certified(report: Report, keys: Iterable[notes.Key]) -> list[Sentence]:
    """Which certificates in a report its own unit has not signed."""
    mine = [key for key in keys if key.unit == report.unit]
    odd = [one for one in certificates.of_header(report.header["keys"]) if one.signer(mine) is None]
    return [Sentence(CERTIFICATE, {"by": report.unit, "unit": one.unit}) for one in odd]


def keys_told(reports: Iterable[Report], keys: Sequence[notes.Key]) -> list[notes.Key]:
    """These keys, and those that are certified in reports which hold by them: so a parent's report brings its children's."""
    known, rest = list(keys), list(reports)
    told: list[certificates.Certificate] = []
    while True:
        holding = [one for one in rest if one.header.get("keys") and not faults(one, known)]
        if not holding:
            return known
        rest = [one for one in rest if one not in holding]
        told += [one for report in holding for one in certificates.of_header(report.header["keys"])]
        known = certificates.joined(keys, told)


def sums(report: Report) -> list[Sentence]:
    """Which of the sums that its figures declare do not hold. What is hidden, missing or unknown here takes part in none."""
    found: list[Sentence] = []
    known = [code for code in report.header["cuts"] if code in figures.FIGURES]
    if len(known) == len(report.header["cuts"]) and figures.dictionary(known) != report.header["dictionary"]:
        found.append(Sentence(DICTIONARY))
    for left, right in declared_sums.IDENTITIES:
        sides = [_together(report, side) for side in (left, right)]
        if None not in sides and sides[0] != sides[1]:
            about = {"left": " + ".join(left), "right": " + ".join(right), "n": sides[0], "other": sides[1]}
            found.append(Sentence(SUM, about))
    for figure, cuts in report.header["cuts"].items():
        whole = report.number(figure)
        for cut in cuts if whole is not None else ():
            if not declared_sums.adds_up(figure, cut):
                continue
            found += _parts(report, figure, cut, whole)
    return found


def _parts(report: Report, figure: str, cut: str, whole: int | None) -> list[Sentence]:
    cells = [report.cell(figure, cut, value) for value in report.header["groups"][cut]]
    told = [number(cell) for cell in cells]
    about = {"figure": figure, "cut": cut, "whole": whole or 0}
    shown = sum(one for one in told if one is not None)
    if None not in told:
        return [] if shown == whole else [Sentence(PARTS, about | {"n": shown})]
    hidden = sum(1 for cell in cells if cell is not None and cell["s"] == "hidden")
    is_too_much = hidden == told.count(None) and shown + hidden > (whole or 0)
    return [Sentence(OVER, about)] if is_too_much else []


def _together(report: Report, side: tuple[str, ...]) -> int | None:
    numbers = [report.number(figure) for figure in side]
    return None if None in numbers else sum(one for one in numbers if one is not None)


def together(reports: Sequence[Report]) -> list[Sentence]:
    """What is wrong between reports that each hold: forks, chains that break, and parents that are not the sum of their children."""
    found: list[Sentence] = []
    by_hash = {report.sha256: report for report in reports}
    seats: dict[tuple[str, int], str] = {}
    for report in reports:
        seat = report.unit, report.header["seq"]
        if seats.setdefault(seat, report.sha256) != report.sha256:
            found.append(Sentence(FORK, {"unit": seat[0], "seq": seat[1]}))
        before = by_hash.get(report.header["prev"])
        if before is not None:
            found += _follows(before, report)
        if report.header["children"]:
            found += _adds_up(report, by_hash)
    return found


def _follows(before: Report, report: Report) -> list[Sentence]:
    if before.unit != report.unit or before.header["seq"] >= report.header["seq"]:
        return [Sentence(SEQ, {"unit": report.unit, "seq": report.header["seq"]})]
    if _next(before.period) != report.period:
        return []
    found: list[Sentence] = []
    for figure, of in declared_sums.CHAINS:
        now, then = report.number(figure), before.number(of)
        if now is not None and then is not None and now != then:
            found.append(Sentence(PREVIOUS, {"figure": figure, "n": now, "before": then}))
    return found


def _next(period: str) -> str:
    year, month = int(period[:4]), int(period[5:])
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


def _adds_up(report: Report, by_hash: dict[str, Report]) -> list[Sentence]:
    children = [by_hash.get(one["sha256"]) for one in report.header["children"]]
    if None in children:
        return []
    found: list[Sentence] = []
    for figure in report.header["cuts"]:
        told = [one for child in children if child and (one := child.number(figure)) is not None]
        n = report.number(figure)
        if n is not None and len(told) == len(children) and n != sum(told):
            found.append(Sentence(CHILDREN, {"figure": figure, "n": n, "sum": sum(told)}))
    return found
