"""How an entry of each kind is seen in a list (the fields of glances.Glance), read off what it says."""

from pwa.domain.register import payloads, resemblances
from pwa.domain.review import machine_checks


def at_visit(one):
    """House, head, people as they are compared, and what is odd in itself."""
    said, people = one.says.values, one.says.people
    everybody = list(people.values())
    head = next((own for own in everybody if own.get("relation") == "head"), everybody[0] if everybody else {})
    joining = {"apply": "application", "member": "passbook"}
    joiners = [(own, joining[own["membership"]]) for own in everybody if own.get("membership") in joining]
    return {
        "number": said.get("house.number") or said.get("house.description") or "",
        "name": payloads.full_name(head),
        "signs": machine_checks.signs(one) | ({"applies"} if joiners else frozenset()),
        "people": tuple(resemblances.person(one, local_id) for local_id in people),
        "funds": frozenset(own.get(f"{section}.fund") for own, section in joiners),
    }


def at_correction(one):
    """The value that it is about."""
    return {"about": one.says.payload["path"]}
