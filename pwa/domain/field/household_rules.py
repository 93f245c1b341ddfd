"""What a household's payload must hold beyond its schema: who needs what, and what must agree with what."""

from pwa.domain import thai

NAMES = ("first_name", "last_name", "nickname")
NOTHING_MORE = ("refused", "absent")


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


def of_person(person):
    named = any(person.get(name) for name in NAMES)
    if not named and not person.get("name_unknown"):
        yield "first_name", "name"
    for name in NAMES:
        if strange(person.get(name)):
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
    if shares and sum(share for _, share in shares) != 100:
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
    return item.get(name) if isinstance(item.get(name), dict) else {}


def items(item, name):
    found = item.get(name)
    return (
        [one for one in found if isinstance(one, dict) and isinstance(one.get("id"), str)]
        if isinstance(found, list)
        else []
    )
