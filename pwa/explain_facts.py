"""What somebody tells `ombun explain` as a case: days, sums and facts read as people type them, and refused where they contradict each other.

Everything odd is one sentence; nothing is guessed, and nothing that was not told is made up.
"""

import itertools
import re
from datetime import date, timedelta

from pwa.domain import N_, Refusal
from pwa.domain.fund import membership, paying, regulation
from pwa.domain.fund.case import NOTHING_USED, Case, Fact, Period, Used
from pwa.domain.fund.sentences import Sentence
from pwa.domain.text import thai
from pwa.terminal import BUDDHIST_DAY, DAY, NO_DAY, Sorry

DAY_LONG = timedelta(days=1)
TOLD = Sentence(N_("as told"))
EVIDENCE = "evidence"
SAID = {
    "money": N_("“%(text)s” is no sum of money. Write baht, such as 500 or 500.50."),
    "whole": N_("“%(text)s” is no whole number."),
    "parts": N_("“%(text)s” is not written as %(shape)s."),
    "born": N_("“%(text)s” is no year and no day of birth."),
    "sex": N_("“%(text)s” is no sex. Write f or m."),
    "standing": N_("“%(text)s” is no standing. They are: %(known)s"),
    "no_event": N_("Say on which day it happened (--event)."),
    "discharge": N_("The discharge (%(discharge)s) lies before the admission (%(admit)s)."),
    "joining": N_(
        "The event (%(event)s) lies before the joining (%(joined)s). For somebody who is no member say --non-member."
    ),
    "birth": N_("The birth (%(born)s) lies after the event (%(event)s)."),
    "filed": N_("It cannot be claimed (%(filed)s) before it happened (%(event)s)."),
    "filed_ahead": N_("It cannot be claimed on a day that is still to come (%(filed)s)."),
    "order": N_("%(first)s to %(last)s: the end lies before the beginning."),
    "overlap": N_("Two times of membership overlap."),
    "paid_twice": N_("Say --paid-through or --paid, not both."),
    "nights": N_("From %(admit)s to %(discharge)s are %(nights)s nights, not %(quantity)s."),
    "no_fact": N_("The regulation knows no fact “%(name)s”. It knows: %(known)s"),
    "no_benefit": N_("--used names a benefit “%(name)s” that the regulation does not have."),
}


def governing(told, is_stay):
    """The day that governs: a stay's discharge, otherwise the event's own."""
    event, discharge = day(told["event"]), day(told["discharge"])
    found = (discharge or event) if is_stay else (event or discharge)
    if found is None:
        raise Sorry(SAID["no_event"])
    return found


def case(version, benefit, told, event_on):
    """The case of these arguments."""
    admit = day(told["admit"])
    stays = benefit.event == "stay"
    discharge = day(told["discharge"]) or (event_on if admit and stays else None)
    if admit and discharge and discharge < admit:
        raise Sorry(SAID["discharge"], admit=admit, discharge=discharge)
    periods = _periods(told, event_on)
    used = tuple(_used(version, benefit, one) for one in told["used"])
    quantity = whole(told["quantity"])
    nights = (discharge - admit).days if admit and discharge else None
    if stays and None not in (nights, quantity) and nights != quantity:
        raise Sorry(SAID["nights"], admit=admit, discharge=discharge, nights=nights, quantity=quantity)
    some_used = used or told["used_baht"] or told["used_units"]
    facts, papers = _facts(version, benefit, told["fact"])
    return Case(
        event_on=event_on,
        periods=periods,
        tenure_from=_known(day(told["tenure_from"])),
        admit_on=admit,
        discharge_on=discharge,
        filed_on=_filed(told, event_on),
        coverage=_coverage(version, told, periods.value or ()),
        born=_born(told, event_on, periods.value or ()),
        sex=_choice(told, "sex", ("f", "m")) or Fact(),
        subject=_known(told["subject"]) or Case(event_on).subject,
        standing=_choice(told, "standing", membership.STANDINGS) or Case(event_on).standing,
        quantity=_known(quantity) or Fact(),
        used=used,
        used_source=TOLD if some_used else NOTHING_USED,
        used_satang=money(told["used_baht"]) or 0,
        used_units=whole(told["used_units"]) or 0,
        household_used_satang=money(told["household_used_baht"]) or 0,
        times_before=_known(whole(told["times_before"])) or Case(event_on).times_before,
        pot_satang=_known(money(told["pot"])),
        evidence=papers,
        facts=facts,
    )


def day(text):
    return None if text is None else DAY.convert(text, None, None)


def whole(text):
    """A number of nights, children or times."""
    if text is None:
        return None
    plain = thai.digits(thai.clean(text))
    if not re.fullmatch("[0-9]{1,7}", plain):
        raise Sorry(SAID["whole"], text=text)
    return int(plain)


def money(text):
    """Baht with two decimals at most, as satang."""
    if text is None:
        return None
    plain = thai.digits(thai.clean(text))
    found = re.fullmatch(r"([0-9]{1,10}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?", plain)
    if not found:
        raise Sorry(SAID["money"], text=text)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def _known(value):
    return None if value is None else Fact(value, TOLD)


def _choice(told, name, known):
    value = told[name]
    if value is not None and value not in known:
        raise Sorry(SAID[name], text=value, known=", ".join(known))
    return _known(value)


def _periods(told, event_on):
    joined = day(told["joined"])
    periods = sorted((_period(one) for one in told["period"]), key=_joined)
    for one, two in itertools.pairwise(periods):
        if one.left is None or one.left > two.joined:
            raise Sorry(SAID["overlap"])
    if joined and not any(one.joined <= joined and (one.left is None or joined < one.left) for one in periods):
        later = [one.joined for one in periods if one.joined > joined]
        periods = sorted([*periods, Period(joined, min(later, default=None))], key=_joined)
    if told["non_member"]:
        return Fact(tuple(one for one in periods if one.joined > event_on), TOLD)
    if periods and event_on < periods[0].joined:
        raise Sorry(SAID["joining"], event=event_on, joined=periods[0].joined)
    return Fact(tuple(periods), TOLD) if periods else Fact()


def _joined(period):
    return period.joined


def _period(text):
    """FROM:TO, both days of the membership; without TO it goes on."""
    first, _, last = text.partition(":")
    start, end = day(first), day(last or None)
    _in_order(start, end)
    return Period(start, end + DAY_LONG if end else None)


def _in_order(first, last):
    if last and last < first:
        raise Sorry(SAID["order"], first=first, last=last)


def _filed(told, event_on):
    filed, today = day(told["filed"]), day(told["today"])
    if filed and filed < event_on:
        raise Sorry(SAID["filed"], filed=filed, event=event_on)
    if filed and today and filed > today:
        raise Sorry(SAID["filed_ahead"], filed=filed)
    return _known(filed)


def _coverage(version, told, periods):
    through = day(told["paid_through"])
    if through and told["paid"]:
        raise Sorry(SAID["paid_twice"])
    if through:
        return Fact((paying.Step(date.min, through),), TOLD)
    if not told["paid"]:
        return None
    payments = []
    for text in told["paid"]:
        parts = text.split(":")
        if len(parts) != 3:
            raise Sorry(SAID["parts"], text=text, shape="PAID_ON:FROM:TO")
        paid_on, first, last = (day(part) for part in parts)
        _in_order(first, last)
        payments.append(paying.Payment(paid_on, first, last))
    held, cure = paying.spans(version.settings)
    due = periods[-1].joined if periods else min(one.first for one in payments)
    return Fact(paying.steps(payments, due_from=due, kept_for=held, cure=cure), TOLD)


def _born(told, event_on, periods):
    text = told["born"]
    if text is None:
        return Fact()
    plain = thai.digits(thai.clean(text))
    if not re.fullmatch("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", plain):
        raise Sorry(SAID["born"], text=text)
    if len(plain) == 10:
        plain = day(text).isoformat()
    elif int(plain[:4]) >= 2400:
        raise Sorry(BUDDHIST_DAY, year=plain[:4], day=f"{int(plain[:4]) - 543}{plain[4:]}")
    elif int(plain[:4]) < 1800 or not 1 <= int(plain[5:7] or "1") <= 12:
        raise Sorry(NO_DAY, text=text)
    if plain > event_on.isoformat()[: len(plain)]:
        raise Sorry(SAID["birth"], born=plain, event=event_on)
    return Fact(plain, TOLD)


def _used(version, benefit, text):
    """DAY:BAHT[:UNITS][:BENEFIT]"""
    parts = text.split(":")
    if not 2 <= len(parts) <= 4:
        raise Sorry(SAID["parts"], text=text, shape="DAY:BAHT[:UNITS][:BENEFIT]")
    on, baht, *rest = parts
    units = rest.pop(0) if rest and (not rest[0] or thai.digits(rest[0])[:1].isdigit() or len(rest) > 1) else None
    name = rest[0] if rest and rest[0] else benefit.code
    if name not in version.benefits:
        raise Sorry(SAID["no_benefit"], name=name)
    return Used(day(on), money(baht), whole(units or None) or 0, name)


def _facts(version, benefit, told):
    facts, papers = {}, {}
    for text in told:
        name, equals, value = text.partition("=")
        if not equals:
            raise Sorry(SAID["parts"], text=text, shape="NAME=VALUE")
        given = thai.digits(thai.clean(value))
        if name == EVIDENCE and name not in version.facts and given in ("yes", "no"):
            papers = dict.fromkeys(benefit.evidence or (), given == "yes")
            continue
        if name not in version.facts:
            raise Sorry(SAID["no_fact"], name=name, known=", ".join([*version.facts, EVIDENCE]))
        try:
            facts[name] = Fact(regulation.read_fact(version, name, given), TOLD)
        except Refusal as no:
            raise Sorry(no.message, **no.values) from no
    return facts, papers
