"""The engine and an independent slow checker give the same satang and the same failed conditions."""

import json
import random
from datetime import date, timedelta

import pytest

from pwa.domain.fund import benefits, documents, paying
from pwa.domain.fund.case import Case, Fact, Period, Used
from pwa.domain.fund.terms import Rule
from tests import slow_days, slow_rules
from tests.rules_at_hand import TEMPLATES, template

ROUNDS = 500
DAY = timedelta(days=1)
DOCUMENTS = {name: json.loads((documents.FOLDER / f"{name}.json").read_text("utf-8")) for name in TEMPLATES}


def some_day(chance, first, last):
    """A random day, often an edge: month ends, 29 February, the days around a fiscal year."""
    day = first + chance.randrange(max((last - first).days, 1)) * DAY
    edges = [(2, 28), (3, 1), (9, 30), (10, 1), (12, 31), (1, 1), (1, 31), (8, 31)]
    if chance.random() < 0.3:
        month, number = chance.choice(edges)
        day = min(max(date(day.year, month, number), first), last)
    return day


def somebody(chance, document, benefit):
    """Half of them have many obstacles, half have few."""
    who = member(chance, document, benefit)
    return kindly(chance, benefit, who) if chance.random() < 0.5 else who


def member(chance, document, benefit):
    """A member and an event, at random but never absurd."""
    joined = some_day(chance, date(2005, 1, 1), date(2025, 6, 1))
    left = joined + chance.randrange(200, 3000) * DAY if chance.random() < 0.2 else None
    periods = [(joined, left)]
    if left and chance.random() < 0.7:
        periods.append((left + chance.randrange(1, 400) * DAY, None))
    event = (
        near(chance, document, benefit, joined) if chance.random() < 0.5 else some_day(chance, joined, date(2045, 1, 1))
    )
    admit = max(event - chance.choice([0, 1, 2, 3, 4, 7, 15, 40]) * DAY, joined)
    used = [(some_day(chance, joined, event + 400 * DAY), chance.randrange(0, 90_000), chance.randrange(0, 9), one) for one in
            chance.choices([one["code"] for one in document["benefits"]], k=chance.randrange(0, 9))]  # fmt: skip
    facts = told(chance, document)
    outsider = chance.random() < 0.05
    return {
        "periods": [] if outsider else periods,
        "event": event,
        "admit": admit,
        "discharge": event,
        "paid": payments(chance, periods, event) if chance.random() < 0.6 and not outsider else None,
        "born": chance.choice(
            [f"{joined.year - chance.randrange(0, 70)}", (joined - chance.randrange(0, 25_000) * DAY).isoformat()]
        ),
        "sex": chance.choice("fm"),
        "standing": chance.choice(["active"] * 6 + ["resigned", "suspended", "arrears"]),
        "subject": chance.choice(["member"] * 4 + ["child", "household", "community"]),
        "quantity": chance.randrange(0, 8),
        "used": used,
        "times_before": chance.choice([0] * 9 + [1]),
        "household_used": chance.choice([0, 0, 400_000, 600_000]),
        "pot": chance.choice([None, None, 0, 15_000, 10**7]),
        "filed": event + chance.choice([0, 30, 89, 90, 91, 200]) * DAY if chance.random() < 0.5 else None,
        "facts": facts,
    }


def told(chance, document):
    """Answers to what a document asks of the event; now and then one is missing."""
    facts = {"gpa": chance.choice([299, 300, 349, 350, 400]), "level": chance.choice(["p6", "m3", "none"])}
    facts |= {
        "disabled_card": chance.random() < 0.5,
        "bedridden": chance.random() < 0.3,
        "cost": chance.randrange(0, 200_000),
    }
    facts |= {"damage": chance.choice(["whole", "part"])}
    return {name: value for name, value in facts.items() if name in document.get("facts", {}) and chance.random() < 0.9}


def kindly(chance, benefit, who):
    """Most obstacles taken away, so that it comes to money and caps."""
    subjects, joined = benefit.get("subjects", ["member"]), date(1999, chance.randrange(1, 13), 28)
    once = benefit.get("once") is not None
    small = [
        (on, satang // 5, units // 3, code)
        for on, satang, units, code in who["used"]
        if not once or code != benefit["code"]
    ]
    return who | {
        "periods": [(joined, None)],
        "paid": None
        if chance.random() < 0.8 or not who["paid"]
        else [(joined, joined, who["event"] - chance.randrange(0, 30) * DAY)],
        "born": f"{joined.year - chance.randrange(45, 60)}",
        "sex": chance.choice("ffm"),
        "standing": chance.choice(["active", "waiting", "arrears"]),
        "subject": chance.choice(subjects),
        "used": small if chance.random() < 0.7 else who["used"],
        "times_before": 0,
        "household_used": chance.choice([0, 400_000, 599_900]),
        "pot": chance.choice([None, None, 10**7, 15_000]),
        "filed": None,
    }


def near(chance, document, benefit, joined):
    """The day before, on, or after which a length of time of the document is complete."""
    found = []

    def look(part):
        if isinstance(part, dict):
            if {"n", "unit"} <= part.keys():
                found.append(slow_days.after(joined, part["n"], part["unit"]))
            for inner in part.values():
                look(inner)
        elif isinstance(part, list):
            for inner in part:
                look(inner)

    look([document["settings"], benefit])
    return max(chance.choice(found or [joined]) + chance.choice([-1, 0, 1]) * DAY, joined)


def payments(chance, periods, event):
    """Receipts of a year or less, one after the other, some late, some with a gap."""
    found, first = [], periods[-1][0] if periods[-1][0] <= event else periods[0][0]
    while first < event and len(found) < 60:
        last = first + chance.choice([29, 89, 364, 364, 729]) * DAY
        found.append((first + chance.choice([-5, 0, 0, 0, 20, 45, 100]) * DAY, first, last))
        first = last + chance.choice([1] * 12 + [40]) * DAY
        if chance.random() < 0.05:
            break
    return found


def case_of(version, who):
    told = "บอก"
    periods = tuple(Period(*one) for one in who["periods"])
    coverage = None
    if who["paid"] is not None:
        settings = version.settings
        held = next((one.span for one in (settings.grace, settings.lapse) if isinstance(one, Rule)), None)
        cure = settings.cure.span if isinstance(settings.cure, Rule) else None
        begun = [one.joined for one in periods if one.joined <= who["event"]]
        due = max(begun) if begun else who["event"]
        coverage = Fact(
            paying.steps([paying.Payment(*one) for one in who["paid"]], due_from=due, kept_for=held, cure=cure), told
        )
    return Case(
        event_on=who["event"],
        periods=Fact(periods, told),
        admit_on=who["admit"],
        discharge_on=who["discharge"],
        filed_on=Fact(who["filed"], told) if who["filed"] else None,
        coverage=coverage,
        born=Fact(who["born"], told),
        sex=Fact(who["sex"], told),
        standing=Fact(who["standing"], told),
        subject=Fact(who["subject"], told),
        quantity=Fact(who["quantity"], told),
        used=tuple(Used(*one) for one in who["used"]),
        household_used_satang=who["household_used"],
        times_before=Fact(who["times_before"], told),
        pot_satang=None if who["pot"] is None else Fact(who["pot"], told),
        facts={name: Fact(value, told) for name, value in who["facts"].items()},
    )


def differences(seed, rounds):
    chance = random.Random(seed)
    for round_ in range(rounds):
        name = chance.choice([*TEMPLATES, "example-all-shapes", "example-all-shapes"])
        benefit = chance.choice(DOCUMENTS[name]["benefits"])
        who = somebody(chance, DOCUMENTS[name], benefit)
        version = template(name)
        found = benefits.outcome(version, benefit["code"], case_of(version, who))
        mine = (found.amount_satang, sorted({one.code for one in found.conditions if one.passed is False}))
        satang, failed = slow_rules.judge(DOCUMENTS[name], benefit["code"], who)
        if mine != (satang, sorted(failed)):
            yield round_, name, benefit["code"], mine, (satang, sorted(failed)), who


def test_the_random_cases_are_of_every_kind():
    chance, seen, failing = random.Random(2568), {}, set()
    for _ in range(ROUNDS):
        benefit = chance.choice(DOCUMENTS["example-all-shapes"]["benefits"])
        who = somebody(chance, DOCUMENTS["example-all-shapes"], benefit)
        found = benefits.outcome(
            template("example-all-shapes"), benefit["code"], case_of(template("example-all-shapes"), who)
        )
        seen[found.outcome] = seen.get(found.outcome, 0) + 1
        failing |= {one.code.partition(":")[0] for one in found.conditions if one.passed is False}
    assert min(seen.values()) > 25, seen
    assert seen["entitled"] > 120, seen
    assert len(failing) >= 14, failing


def test_500_answers_are_the_same_to_the_satang():
    assert next(differences(2568, ROUNDS), None) is None


@pytest.mark.slow
def test_3000_more_are_the_same():
    assert next(differences(1, 3_000), None) is None
