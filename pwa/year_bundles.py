"""The one file of a closed year: what the domain gives, as tables with Thai headings, and a page in Thai on how to check each number.

It is Thai whatever language its reader has chosen, so that two readers hold the same bytes.
"""

import hashlib
import json

from flask_babel import force_locale
from flask_babel import gettext as _

from pwa import files
from pwa.domain import N_
from pwa.domain.fund import audits, year_bundles
from pwa.fund_words import LIFE

README = (
    N_("The year of %(fund)s to %(day)s in one file. Nobody is named in it."),
    N_("SHA256SUMS: the number of every file here. Check all of them: sha256sum -c SHA256SUMS"),
    N_(
        "months.txt: the closed months with their numbers. The number of the year is the SHA-256 of this file: %(hash)s"
    ),
    N_("It stands on the sheet of the year that treasurer and auditor signed, and on the fund's public page."),
    N_("months/: the report of each month as it was kept when it was signed. Sums are in satang."),
    N_(
        "The number of a month is the SHA-256 of the lines of its postings. Who reads the books takes them from the page of the month; "
        "they name hands that held cash and are therefore not here."
    ),
    N_("decisions.csv: what was resolved in the year, by category of the status form, without names."),
    N_(
        "samples.csv: what the auditor drew. The mark of a thing is the SHA-256 of digits|number of the set|kind|name, "
        "kinds being 1 receipt, 2 voucher, 3 claim; the smallest marks are drawn."
    ),
    N_("findings.csv: what was said about it, in order. The words are as they were written."),
    N_(
        "This file is for those who read the books. Few people may stand behind single lines: do not put them on a board."
    ),
)
WORDS = {
    "claim": N_("Claim"), "grant": N_("Granted"), "refuse": N_("Not granted"),
    "admission": N_("Admission"), "admit": N_("Admitted"), "not_admit": N_("Not admitted"),
    "membership": N_("Membership"), "end": N_("Ended"), "rejoin": N_("Comes back under the same number"),
    "suspend": N_("Rights rest"), "exempt": N_("Exempt from paying"), "forgive": N_("Arrears forgiven"),
    "fund_pays": N_("The fund pays for a member"), "moved_in": N_("Moved in from another fund"), "undo": N_("Taken back"),
    "receipt": N_("Receipt"), "voucher": N_("Voucher"), "right": N_("Seen and right"), "finding": N_("Finding"),
    "answer": N_("Answer"), "kept_open": N_("Kept open"), "settled": N_("Settled"),
}  # fmt: skip


def of(state):
    """The bytes of the file of a closed year, by its State."""
    close = state.close
    with force_locale("th"):
        found = {"months.txt": close.months.encode(), "year.json": _year(state), "README.txt": _readme(close)}
        found |= {
            f"months/{month}.json": f"{report}\n".encode() for month, report in year_bundles.months(close).items()
        }
        drawn = year_bundles.samples(close)
        for name, table in (
            ("decisions", _decisions(close)),
            ("samples", _samples(drawn)),
            ("findings", _findings(drawn)),
        ):
            found[f"{name}.csv"] = files.as_csv(table)
    sums = [f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n" for name in sorted(found)]
    return year_bundles.packed(found | {"SHA256SUMS": "".join(sums).encode()})


def _year(state):
    signed = {turn: row.at.isoformat() for turn, row in sorted(state.signed.items())}
    about = {
        "fund": state.close.fund.code,
        "through": state.close.through.isoformat(),
        "set_hash": state.close.set_hash,
    }
    return (json.dumps(about | {"signed": signed}, ensure_ascii=False, indent=1) + "\n").encode()


def _readme(close):
    about = dict(fund=close.fund.name, day=close.through.isoformat(), hash=close.set_hash)
    return "".join(f"{_(sentence) % about if '%(' in sentence else _(sentence)}\n\n" for sentence in README).encode()


def _decisions(close):
    headings = [
        _("Written down on"), _("Board"), _("Meeting"), _("Day of the meeting"), _("About"), _("Resolved"),
        _("Category of the status form"), _("Kind of help"), _("Baht"),
    ]  # fmt: skip
    rows = []
    for one in year_bundles.decisions(close):
        sat = one.sitting
        meeting = [sat.board, sat.meeting, sat.resolved_on] if sat else ["", "", ""]
        kind = _(LIFE[one.category]) if one.category in LIFE else ""
        told = [_(WORDS[one.kind]), _(WORDS[one.said]), str(one.category or ""), kind, one.satang]
        rows.append([one.at.isoformat(), *meeting, *told])
    return files.Table("decisions", "decisions", headings, rows)


def _samples(drawn):
    headings = [
        _("Sample"), _("Last day of the period"), _("Digits"), _("Number of the signed set"), _("Kind"), _("Drawn"), _("Out of"),
        _("Place"), _("Name"), _("Stands"),
    ]  # fmt: skip
    rows = []
    for audit, period, seen in drawn:
        for one in seen:
            kind = one.item.kind
            many = [str(getattr(audit, f"{kind}s")), str(getattr(audit, f"{kind}s_of")), str(one.item.place)]
            about = [str(audit.id), period.through, audit.seed, audit.set_hash, number_of(kind), *many]
            rows.append([*about, audits.name_of(one.item), _(WORDS[one.state]) if one.state else ""])
    return files.Table("samples", "samples", headings, rows)


def number_of(kind):
    """A kind as the rule of the draw counts it."""
    return str(audits.KINDS.index(kind) + 1)


def _findings(drawn):
    headings = [_("Sample"), _("Kind"), _("Name"), _("When"), _("What"), _("Words")]
    rows = []
    for audit, _period, seen in drawn:
        for one in seen:
            about = [str(audit.id), number_of(one.item.kind), audits.name_of(one.item)]
            rows += [[*about, word.at.isoformat(), _(WORDS[word.kind]), word.words] for word in one.words]
    return files.Table("findings", "findings", headings, rows)
