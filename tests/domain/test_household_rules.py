"""The rules of a household beyond its schema; the golden file of test_forms.py holds them case by case."""

from pwa.domain.kinds.household_rules import broken

PERSON = {"id": "5b6f5ad6-3f2e-4b7c-9a51-0c1d2e3f4a5b", "first_name": "บุญมา", "living_here": True}


def household(*people):
    return {"house": {"number": "45/2"}, "visit": {"outcome": "interested"}, "people": list(people)}


def test_it_takes_whatever_comes():
    for odd in (None, 3, "x", [], {}, [None], [{}], [[1]], {"id": 5}):
        broken({"house": odd, "visit": odd, "people": odd, "respondent": odd})
        broken(household({**PERSON, "application": odd, "membership": "apply", "consent": odd, "health": odd}))


def test_it_adds_no_numbers_that_no_sum_holds():
    """A line may write a share of four hundred digits beside half a one."""
    beneficiaries = [{"id": "a", "name": "ก", "share": 10**400}, {"id": "b", "name": "ข", "share": 0.5}]
    applicant = {**PERSON, "last_name": "ใจงาม", "membership": "apply", "application": {"beneficiaries": beneficiaries}}
    assert (f"people.{PERSON['id']}.application.beneficiaries.b.share", "shares") in broken(household(applicant))


def test_nobody_is_there_twice():
    assert broken(household(PERSON, PERSON)) == [(f"people.{PERSON['id']}", "twice")]


def test_it_speaks_in_the_order_of_the_form():
    paths = [path for path, _ in broken({"people": []})]
    assert paths == ["house.number", "visit.outcome"]
