"""What a clause of a regulation gives before any cap, told once more and slowly for `slow_rules.Slow`."""

from datetime import date

from tests.slow_days import DAY, after, born_at_latest


class Amounts:
    def amounts(self, clause):
        """[(counts toward, [(day, satang a unit or None)], most units, most satang)]"""
        found = []
        for part in clause["amounts"]:
            one = getattr(self, part["type"])(part)
            found.append(
                (
                    part.get("counts_toward", self.benefit["code"]),
                    one,
                    part.get("max_units"),
                    part.get("max_satang"),
                    part["type"],
                )
            )
        if "arrears_reduce" in self.benefit and self.who["paid"] is not None and self.since:
            less = self.benefit["arrears_reduce"]
            if (self.day("paid") - self.through(self.day("paid"))).days > less["after_days"]:
                found = [
                    (a, [(d, s and s * (10_000 - less["share"]) // 10_000) for d, s in units], *rest)
                    for a, units, *rest in found
                ]
        return found

    def fixed(self, part):
        times = self.who["quantity"] if self.benefit.get("per") == "child" else 1
        if self.benefit.get("per") == "child":
            self.fail("units", times >= 1)
        return [(self.event, part["satang"])] * times

    def per_unit(self, part):
        if part["unit"] == "night":
            nights = [self.who["admit"] + n * DAY for n in range((self.who["discharge"] - self.who["admit"]).days)]
            toward = next(
                one for one in self.doc["benefits"] if one["code"] == part.get("counts_toward", self.benefit["code"])
            )
            apart = toward.get("across_periods") == "by_night"
            if not nights and self.settings.get("same_day_nights"):
                nights = [self.event]
            units = [night if apart else self.event for night in nights]
        else:
            units = [self.event] * self.who["quantity"]
        if len(units) < part.get("min_units", 1):
            if len(self.benefit["clauses"][0]["amounts"]) == 1:
                self.fail("units", False)
            units = []
        return [(day, part["satang"]) for day in units]

    def tiers(self, part):
        if "rows" not in part:
            return [(self.event, None)]
        self.tenure(part["rows"][0]["n"], part["rows"][0]["unit"])
        satang = 0
        for row in part["rows"] if self.since else []:
            if after(self.since, row["n"], row["unit"]) <= self.event:
                satang = row["satang"]
        then, years = part["then"], 1
        while self.since and after(self.since, then["after"]["n"] + years, "year") <= self.event:
            satang, years = satang + then["add_satang"], years + 1
        return [(self.event, min(satang, then["max_satang"] or satang))]

    def matrix(self, part):
        satang, best = 0, None
        for row in part["rows"]:
            old = after(born_at_latest(self.who["born"]), row["age"], "year")
            long = after(self.since, row["n"], row["unit"]) if self.since else date.max
            if max(old, long) <= self.event:
                satang = row["satang"]
            if best is None or max(old, long) < max(best):
                best = (old, long)
        self.fail("age", best[0] <= self.event)
        self.fail("tenure", best[1] <= self.event)
        return [(self.event, satang)]

    def percent(self, part):
        cost = self.who["facts"].get(part["of"])
        self.unknown |= cost is None
        return [(self.event, None if cost is None else cost * part["share"] // 10_000)]

    def discretionary(self, part):
        return [(self.event, None)]

    def in_kind(self, part):
        return [(self.event, 0)]
