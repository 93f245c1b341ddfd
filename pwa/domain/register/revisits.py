"""A household's record as the form opens it for another visit: what is asked anew and what must not travel is left out."""

from pwa.domain.register import payloads, register

ASKED_ANEW = ("visit.", "respondent.", "evidence.")


def record(household_id):
    """(payload, version) for the form. Raises NotFound for a household that the register does not have.

    Rules: the visit, the respondent and who was there are of one visit; pictures and sensitive values stay where they are
    (PDPA s.26); an ID number is shown by its last four only; people who are gone need no more questions.
    """
    payload = register.record(household_id)
    gone = {person["id"] for person in payload.get("people", []) if person.get("gone")}
    values = {path: value for path, value in payloads.flatten(payload).items() if _opens(path, gone)}
    return payloads.unflatten(values), register.version(household_id)


def _opens(path, gone):
    if path.startswith(ASKED_ANEW) or payloads.is_health(path) or payloads.person_of(path) in gone:
        return False
    own = path.split(".")[2:]
    return own not in (["present"], ["id_number"])
