"""What a household's payload must hold beyond its schema: who needs what, and what must agree with what.

`broken` is what no form of ours ever let through. `odd` is what an earlier form let through and today's refuses: such an entry is
received, and the checker sees what is odd.
"""

import re

from pwa.domain import N_
from pwa.domain.text import thai

NAMES = ("first_name", "last_name", "nickname")
NOTHING_MORE = ("refused", "absent")
CALLED = {*NAMES, "name", "by_name", "witness", "carer_name"}
"""The fields that hold a name."""
NO_NUMBERS = {"phone": r"0[01].*", "id_number": r"(.)\1*", "code": r"(.)\1*", "postal_code": r"0*"}
"""How a number looks that nobody has: typed because the form wanted one."""
AS_WRITTEN = re.compile("2[1-6][0-9]{2}.*")
"""A date whose year was kept in the Buddhist era: the phone's clock ran in it."""
DAYS = ("_on", "_date", "_through")
MOST_PHOTOS, MOST_BENEFICIARIES = 20, 10
MOST_SHARE = 1_000_000
"""Numbers beyond it are not added: the largest that a line can write are more than a sum holds."""

SENTENCES = {
    "crowd": N_("One form holds 40 people. Save these, then record the others at a second visit."),
    "house": N_("Enter the house number, or describe where the house is."),
    "outcome": N_("Choose how the visit went."),
    "name": N_("Enter the name, or tap “name not known”."),
    "full_name": N_("Enter the name: an applicant or member needs one."),
    "last_name": N_("Enter the last name, or tap “no last name”."),
    "living": N_("Say whether this person really lives here."),
    "head": N_("Every household has a head. Choose who it is."),
    "nobody": N_("List at least the head of the household."),
    "heads": N_("One household has one head. Somebody else is marked as head already."),
    "id_length": N_("An ID number has 13 digits. Check it, or choose another answer."),
    "birth": N_("An applicant needs a birth date, or at least the year."),
    "pledge": N_("The applicant must agree to the pledge."),
    "signature": N_("The applicant signs, or a photo of the thumb print is taken."),
    "witness": N_("Enter who witnessed the thumb print."),
    "shares": N_("The shares must add up to 100%."),
    "beneficiary": N_("Enter the name of the beneficiary."),
    "passbook_fund": N_("Choose the fund of the passbook."),
    "passbook_number": N_("Enter the member number in the passbook."),
    "joined": N_("Enter the day of joining from the passbook."),
    "paid": N_("Enter the day the passbook is paid through."),
    "no_consent": N_("Health is kept only with consent."),
    "consent_by": N_("Say who gave the consent."),
    "consent_name": N_("Enter the name of who consented for this person."),
    "respondent": N_("The respondent is not among the people of this household."),
}
"""What the rules say; those of every form stand in forms.SENTENCES."""


def broken(payload):
    """[(path with ids, key of forms.SENTENCES)]; takes any dict, however odd its parts are."""
    house, visit = part(payload, "house"), part(payload, "visit")
    found = []
    if not (house.get("number") or house.get("description")):
        found.append(("house.number", "house"))
    if not visit.get("outcome"):
        found.append(("visit.outcome", "outcome"))
    if visit.get("outcome") in NOTHING_MORE:
        return found
    people = items(payload, "people")
    for person in people:
        found += [(f"people.{person['id']}.{path}", key) for path, key in of_person(person)]
    return found + together(people) + of_respondent(payload, people)


def odd(payload, whole=True):
    """[(path with ids, key of forms.SENTENCES)] of what today's form refuses too, in any payload that is not `broken`.

    `whole` = it names everybody in the house; a visit that began from a kit names only those of whom it says something.
    """
    people = items(payload, "people")
    outcome = part(payload, "visit").get("outcome")
    here = [person for person in people if not person.get("gone")]
    found = []
    asks = whole and outcome not in NOTHING_MORE
    if asks and here and not any(person.get("relation") == "head" for person in here):
        found.append((f"people.{here[0]['id']}.relation", "head"))
    if whole and not people and outcome in ("interested", "applied"):
        found.append(("people", "nobody"))
    if len(items(payload, "evidence", "blob")) > MOST_PHOTOS:
        found.append(("evidence", "many"))
    for person in people:
        if len(items(part(person, "application"), "beneficiaries")) > MOST_BENEFICIARIES:
            found.append((f"people.{person['id']}.application.beneficiaries", "many"))
    return found + list(_odd_values(payload))


def _odd_values(value, path="", field=""):
    """Names that are none, numbers that nobody has, years in the wrong era; wherever they stand."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _odd_values(inner, f"{path}.{name}".strip("."), name)
    elif isinstance(value, list):
        for inner in value:
            name = (inner.get("id") or inner.get("blob")) if isinstance(inner, dict) else None
            yield from _odd_values(inner, f"{path}.{name}" if isinstance(name, str) else path, field)
    elif isinstance(value, str):
        if field in CALLED and thai.is_no_name(value):
            yield path, "no_name"
        if field in NO_NUMBERS and re.fullmatch(NO_NUMBERS[field], value):
            yield path, "no_number"
        if field.endswith(DAYS) and AS_WRITTEN.fullmatch(value):
            yield path, "era"


def of_person(person):
    named = any(person.get(name) for name in NAMES)
    if not named and not person.get("name_unknown"):
        yield "first_name", "name"
    for name in NAMES:
        if (said := person.get(name)) and strange(said):
            yield name, "strange"
    number = text(person, "id_number")
    if number and len(number) != 13 and person.get("id_kind") in ("thai_id", "zero_card"):
        yield "id_number", "id_length"
    if not isinstance(person.get("living_here"), bool):
        yield "living_here", "living"
    if not person.get("gone"):
        yield from of_membership(person)
    yield from of_health(person)


def of_membership(person):
    joins = person.get("membership")
    if joins not in ("apply", "member"):
        return
    if not person.get("first_name"):
        yield "first_name", "full_name"
    elif not person.get("last_name") and not person.get("no_last_name"):
        yield "last_name", "last_name"
    if joins == "apply":
        yield from of_applicant(person)
    else:
        passbook = part(person, "passbook")
        needs = (
            ("fund", "passbook_fund"),
            ("number", "passbook_number"),
            ("joined_on", "joined"),
            ("paid_through", "paid"),
        )
        yield from ((f"passbook.{name}", key) for name, key in needs if not passbook.get(name))


def of_applicant(person):
    application = part(person, "application")
    signature = part(application, "signature")
    if not person.get("birth_date"):
        yield "birth_date", "birth"
    yield from of_beneficiaries(items(application, "beneficiaries"))
    if application.get("pledge") is not True:
        yield "application.pledge", "pledge"
    if not signature.get("blob"):
        yield "application.signature", "signature"
    elif signature.get("kind") == "thumbprint" and not signature.get("witness"):
        yield "application.signature.witness", "witness"
    if strange(signature.get("witness")):
        yield "application.signature.witness", "strange"


def of_beneficiaries(beneficiaries):
    base = "application.beneficiaries"
    for one in beneficiaries:
        if not one.get("name"):
            yield f"{base}.{one['id']}.name", "beneficiary"
        elif strange(one["name"]):
            yield f"{base}.{one['id']}.name", "strange"
    shares = [(one["id"], one["share"]) for one in beneficiaries if isinstance(one.get("share"), int | float)]
    if any(abs(share) > MOST_SHARE for _, share in shares) or (shares and sum(share for _, share in shares) != 100):
        yield f"{base}.{shares[-1][0]}.share", "shares"


def of_health(person):
    consent = part(person, "consent")
    if consent.get("health") is True:
        if not consent.get("by"):
            yield "consent.by", "consent_by"
        elif consent["by"] != "self" and not consent.get("by_name"):
            yield "consent.by_name", "consent_name"
    elif "health" in person:
        yield "health", "no_consent"
    if strange(consent.get("by_name")):
        yield "consent.by_name", "strange"
    if strange(part(person, "health").get("carer_name")):
        yield "health.carer_name", "strange"


def together(people):
    """Nobody twice, one head."""
    ids = [person["id"] for person in people]
    found = [(f"people.{one}", "twice") for place, one in enumerate(ids) if one in ids[:place]]
    heads = [person["id"] for person in people if person.get("relation") == "head" and not person.get("gone")]
    return found + [(f"people.{one}.relation", "heads") for one in heads[1:]]


def of_respondent(payload, people):
    respondent = part(payload, "respondent")
    found = []
    if "person" in respondent and respondent["person"] not in [person["id"] for person in people]:
        found.append(("respondent.person", "respondent"))
    if strange(respondent.get("name")):
        found.append(("respondent.name", "strange"))
    return found


def strange(name):
    return isinstance(name, str) and bool(thai.too_strange(name))


def text(item, name):
    return item.get(name) if isinstance(item.get(name), str) else ""


def part(item, name):
    found = item.get(name)
    return found if isinstance(found, dict) else {}


def items(item, name, key="id"):
    found = item.get(name)
    return (
        [one for one in found if isinstance(one, dict) and isinstance(one.get(key), str)]
        if isinstance(found, list)
        else []
    )
