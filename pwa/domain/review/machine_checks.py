"""What the machine finds in an entry before a person decides: it warns, it never blocks and never decides."""

import uuid
from dataclasses import dataclass, field

from pwa.domain import N_
from pwa.domain.custody import clocks
from pwa.domain.register import payloads
from pwa.domain.register.tables import BANGKOK
from pwa.domain.review import oddities
from pwa.domain.text import dates, national_ids

CHILD_TITLES = {"เด็กชาย", "เด็กหญิง", "ด.ช.", "ด.ญ."}
GROWN_TITLES = {"นาย", "นาง", "นางสาว", "น.ส."}
GROWN = 15
OF_AGE = 20
VERY_OLD = 110
MOST_CANDIDATES = 3
CLOCKS = {
    "off": N_("The phone's clock was wrong: it said %(said)s, it was %(time)s"),
    "be_year": N_("The phone's clock ran in the Buddhist era; it was recorded on %(time)s"),
    "unreadable": N_("The phone's clock gave no time; what it recorded arrived on %(time)s"),
}


@dataclass(frozen=True)
class Check:
    """`kind` is done, wait or problem; `name` says which check; `notes` are (msgid, values) below the finding."""

    kind: str
    name: str
    msgid: str
    values: dict = field(default_factory=dict)
    path: str = ""
    link: object = None
    entry: object = None
    notes: tuple = ()


def of_visit(one, record, around):
    """What a visit is looked at for."""
    values, people = one.says.values, one.says.people
    found = [*of_form(one, oddities.of_visit(one, record)), *_of_place(one, record, around)]
    found += [check for person in people for check in _of_person(one, person, around)]
    return [*found, *_named_by_others(people, values), *_of_ids(people), *_of_evidence(one, people, around)]


def of_correction(one, record, around):
    return of_form(one, oddities.of_correction(one))


def signs(one):
    """The names of what is odd in a household's entry itself, whatever stands around it."""
    found = []
    for own in one.says.people.values():
        found += [*_of_age(one, own, "", {}), *_of_card(own, "", {})]
    form = {"form"} if oddities.within(one) else set()
    return frozenset(check.name for check in (*found, *_missing(one.says.people))) | form


def of_journey(one, around):
    """How the entry came: a strange clock, another phone, a file, without its phone's signature."""
    row, opening = one.row, one.opening
    if opening.clock_odd:
        was = clocks.of(opening, received_at=row.received_at)
        values = {"time": was, "said": clocks.read(opening.recorded_at)}
        yield Check("wait", "clock", CLOCKS[opening.clock_odd], values)
    if row.imported_by is not None:
        name = around.accounts.get(row.imported_by, "—")
        yield Check("wait", "carried", N_("Brought in from a file by %(name)s"), {"name": name})
    elif row.transport == "carried":
        names = " · ".join(around.carriers(row.sender)) or "—"
        yield Check("wait", "carried", N_("Sent for the recorder from another phone: %(names)s"), {"names": names})
    if row.signing == "unsigned":
        yield Check("wait", "unsigned", N_("It lacks the signature that this phone gives its entries"))
    elif row.transport == "unproved":
        yield Check("wait", "unsigned", N_("When it came, nothing proved who recorded it"))


def of_form(one, found):
    """What an earlier form let through and today's does not: oddities as findings."""
    for path, sentence in found:
        person = payloads.person_of(path)
        name = payloads.full_name(one.says.people.get(person, {})) if person else "—"
        text = N_("To be mended: %(name)s") if name != "—" else N_("To be mended")
        yield Check("wait", "form", text, {"name": name}, path, notes=((sentence, {}),))


def _of_place(one, record, around):
    """A house that stands elsewhere in the register, and a form that began from a version which is not there yet."""
    base = one.opening.base_version or 0
    if record.place and one.says.moves and record.place != one.opening.place:
        names = {
            "new": around.lookups.names.get(one.opening.place, "—"),
            "old": around.lookups.names.get(record.place, "—"),
        }
        yield Check("wait", "place", N_("Recorded in %(new)s, the register has the house in %(old)s"), names)
    if base > record.version:
        versions = {"base": base, "now": record.version}
        yield Check("wait", "base", N_("Filled in from version %(base)s, the register is at %(now)s"), versions)


def _of_person(one, person, around):
    own = one.says.people[person]
    named = {"name": payloads.full_name(own)}
    path = f"people.{person}"
    yield from _duplicates(one, person, around, named)
    yield from _of_age(one, own, path, named)
    yield from _of_card(own, path, named)
    for section, joins in (("application", "apply"), ("passbook", "member")):
        fund = own.get(f"{section}.fund")
        if own.get("membership") == joins and around.lookups.fund(fund, one.opening.place) is None:
            yield Check("problem", "fund", N_("It is not known which fund: %(name)s"), named, f"{path}.{section}.fund")


def _of_card(own, path, named):
    if own.get("id_kind") in ("thai_id", "zero_card") and own.get("id_number") and not _is_valid(own):
        yield Check("wait", "id", N_("Wrong check digit in the ID number: %(name)s"), named, f"{path}.id_number")


def _duplicates(one, person, around, named):
    for candidate in around.alike(one, person)[:MOST_CANDIDATES]:
        other = candidate.other
        if "entry" in other:
            shown = {"name": payloads.full_name(other), "house": other["house"] or "—"}
            notes = ((N_("Waits to be checked too: %(name)s, house %(house)s"), shown), *candidate.reasons)
            text = N_("May be a duplicate: %(name)s")
            yield Check("wait", "duplicate", text, named, f"people.{person}", None, other["entry"], notes)
            continue
        may_see = other["unit"] in around.reach
        shown = {"name": payloads.full_name(other), "house": other["house"] or "—"} if may_see else {}
        where = (
            (N_("In the register: %(name)s, house %(house)s"), shown)
            if may_see
            else (N_("In the register of another zone"), {})
        )
        link = uuid.UUID(other["household"]) if may_see else None
        notes = (where, *candidate.reasons) if may_see else (where,)
        yield Check(
            "wait", "duplicate", N_("May be a duplicate: %(name)s"), named, f"people.{person}", link, None, notes
        )


def _of_age(one, own, path, named):
    """A title that does not fit the age, nobody's age, and a consent that a minor gave (PDPA s.20)."""
    try:
        age = dates.age(own.get("birth_date") or "", one.row.received_at.astimezone(BANGKOK).date())
    except ValueError:
        return
    born = (N_("Born %(birth)s, %(age)s years old"), {"birth": own["birth_date"], "age": age.years})
    title = own.get("title") or ""
    slack = 1 if age.approximate else 0
    if (title in CHILD_TITLES and age.years >= GROWN) or (title in GROWN_TITLES and age.years + slack < GROWN):
        text = N_("Birth year odd for “%(title)s”: %(name)s")
        yield Check("wait", "title", text, named | {"title": title}, f"{path}.birth_date", notes=(born,))
    if dates.later_year(own["birth_date"]):
        told = (N_("Until B.E. 2483 the year began in April: by today's calendar it can be the year after."), {})
        text = N_("The year of birth may be one later: %(name)s")
        yield Check("wait", "year", text, named, f"{path}.birth_date", notes=(told, born))
    if age.years > VERY_OLD:
        yield Check(
            "wait", "age", N_("Very old, check the birth year: %(name)s"), named, f"{path}.birth_date", notes=(born,)
        )
    if own.get("consent.health") is True and own.get("consent.by") == "self" and age.years + slack < OF_AGE:
        yield Check(
            "wait", "consent", N_("Consent given by a minor: %(name)s"), named, f"{path}.consent.by", notes=(born,)
        )


def _named_by_others(people, values):
    here = {values.get("respondent.person")} | {p for p, own in people.items() if own.get("present") is True}
    away = [own for p, own in people.items() if p not in here and not own.get("gone")]
    if away:
        names = " · ".join(payloads.full_name(own) for own in away)
        told = (N_("They are to be told within 30 days that their data is kept."), {})
        yield Check("wait", "named", N_("Named by somebody else: %(names)s"), {"names": names}, notes=(told,))


def _of_ids(people):
    numbered = [
        own for own in people.values() if own.get("id_kind") in ("thai_id", "zero_card") and own.get("id_number")
    ]
    right = sum(_is_valid(own) for own in numbered)
    if numbered and right == len(numbered):
        yield Check(
            "done", "id", N_("ID numbers correct: %(right)s of %(all)s"), {"right": right, "all": len(numbered)}
        )


def _of_evidence(one, people, around):
    """Pictures that have not come, and what an applicant or member should have shown."""
    named = [blob["sha256"] for blob in one.blobs]
    late = len(set(named) - around.pictures)
    missing = list(_missing(people))
    if late:
        yield Check(
            "wait", "evidence", N_("Pictures that have not come yet: %(n)s of %(all)s"), {"n": late, "all": len(named)}
        )
    yield from missing
    if named and not late and not missing:
        yield Check("done", "evidence", N_("Evidence complete, pictures: %(n)s"), {"n": len(named)})


def _missing(people):
    for person, own in people.items():
        if own.get("membership") == "apply" and not own.get("application.signature.blob"):
            text, path = N_("No signature: %(name)s"), "application.signature"
        elif own.get("membership") == "member" and not own.get("passbook.photo"):
            text, path = N_("No photo of the passbook page: %(name)s"), "passbook.photo"
        else:
            continue
        yield Check("wait", "evidence", text, {"name": payloads.full_name(own)}, f"people.{person}.{path}")


def _is_valid(own):
    return national_ids.valid(national_ids.clean(own["id_number"]))
