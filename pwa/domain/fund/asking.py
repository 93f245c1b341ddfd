"""One question to the rules: a version, a benefit and a case, with the days and the tenure that its conditions ask for."""

from datetime import date, timedelta

from pwa.domain.fund.case import Case, Period
from pwa.domain.fund.terms import Benefit, Version

DAY = timedelta(days=1)
FINAL = ("death", "funeral")
"""Events about somebody who died: the end of the membership that the death made does not count against it."""


class Asking:
    """What the parts of the engine hand on. `since`: the day from which tenure counts; `knows_since` False: not known."""

    __slots__ = ("benefit", "case", "knows_since", "on", "outsider", "period", "settings", "since", "version")

    def __init__(self, version: Version, benefit: Benefit, case: Case) -> None:
        self.version, self.benefit, self.case = version, benefit, case
        self.settings = version.settings
        self.on = case.event_on
        self.period = self._period()
        self.outsider = benefit.anyone and case.periods.value is not None and self.period is None
        self.knows_since = case.periods.value is not None or case.tenure_from is not None
        self.since = self._since()

    def day(self, what: str) -> date:
        """The day on which the benefit judges `what`: tenure, paid or age."""
        if self.benefit.judged.get(what) == "admit" and self.case.admit_on:
            return self.case.admit_on
        return self.on

    def _period(self) -> Period | None:
        """The membership that the event falls into."""
        final = self.benefit.event in FINAL
        for one in self.case.periods.value or ():
            ended = one.left is not None and one.left <= self.on and not (final and one.why == "deceased")
            if one.joined <= self.on and not ended:
                return one
        return None

    def _since(self) -> date | None:
        if self.case.tenure_from is not None:
            return self.case.tenure_from.value
        begun = [one for one in self.case.periods.value or () if one.joined <= self.on]
        if not begun:
            return None
        last = begun[-1].joined
        if self.settings.restart == "continue":
            return begun[0].joined
        if self.settings.restart == "sum":
            return last - sum(((one.left or last) - one.joined for one in begun[:-1]), timedelta())
        return last
