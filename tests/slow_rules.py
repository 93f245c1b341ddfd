"""The rules told once more, slowly: days counted one by one, nights paid one by one, straight from the document. It shares no code with the app.

It knows what the templates use. `judge` gives (satang or None, the codes of the conditions that fail).
"""

from tests.slow_amounts import Amounts
from tests.slow_days import DAY, after, born_at_latest, walk, year_of

ENDED = ("expelled", "resigned", "transferred", "lapsed", "suspended")


class Slow(Amounts):
    def __init__(self, document, code, who):
        self.doc, self.settings, self.who = document, document["settings"], who
        self.benefit = next(one for one in document["benefits"] if one["code"] == code)
        self.event, self.failed, self.unknown = who["event"], [], False
        inside = [start for start, end in who["periods"] if start <= self.event and (end is None or self.event < end)]
        begun = [start for start, _ in who["periods"] if start <= self.event]
        self.member, self.since = bool(inside), max(begun) if begun else None
        self.outsider = self.benefit.get("to") == "anyone" and not self.member

    def day(self, what):
        return self.who["admit"] if self.benefit.get("judged", {}).get(what) == "admit" else self.event

    def fail(self, code, met):
        if not met and code not in self.failed:
            self.failed.append(code)

    def rule(self, name):
        found = self.benefit.get(name, self.settings.get(name))
        return found if isinstance(found, dict) else None

    def tenure(self, n, unit):
        self.fail("tenure", self.since is not None and after(self.since, n, unit) <= self.day("tenure"))

    def through(self, on):
        """Day by day from the first that is due, as long as it is paid for by then."""
        start = max(start for start, _ in self.who["periods"] if start <= self.event)
        counted = []
        for paid_on, first, last in sorted(self.who["paid"]):
            before = walk(start, [span for since, span in counted if since <= paid_on])
            held = self.settings.get("grace") or self.settings.get("lapse") or {"n": 0, "unit": "day"}
            late, cure = paid_on > after(before, held["n"], held["unit"]), self.settings.get("cure")
            counted.append((after(paid_on, cure["n"], cure["unit"]) if late and cure else paid_on, (first, last)))
        return walk(start, [span for since, span in counted if since <= on])

    def judge(self):
        benefit, who = self.benefit, self.who
        if not self.outsider:
            self.fail("member", self.member)
            if wait := self.rule("waiting"):
                self.tenure(wait["n"], wait["unit"])
            self.paid()
            self.fail("standing", who["standing"] not in ENDED)
        if "subjects" in benefit:
            self.fail("subject", who["subject"] in benefit["subjects"])
        for node in benefit.get("conditions", []) if benefit.get("conditions") != "none" else []:
            self.node(node)
        clause = self.clause()
        parts = self.amounts(clause) if clause else []
        self.once()
        if (window := self.rule("window")) and who["filed"]:
            self.fail("window", who["filed"] <= after(self.event, window["n"], window["unit"]))
        satang = self.capped(parts)
        if benefit.get("when_short") and who["pot"] is not None:
            short = benefit["when_short"]
            self.fail(
                "pot",
                short == "queue" or (who["pot"] > 0 and (short != "stop" or satang is None or satang <= who["pot"])),
            )
            satang = min(satang, who["pot"]) if short == "up_to_pot" and satang is not None else satang
        return (0 if self.failed else None if self.unknown or not clause else satang), self.failed

    def paid(self):
        if self.who["paid"] is None:
            return
        day = self.day("paid")
        through = self.through(day) if self.since else None
        for code, name in (("paid", "grace"), ("lapse", "lapse")):
            if isinstance(rule := self.settings.get(name), dict):
                self.fail(code, through is not None and day <= after(through, rule["n"], rule["unit"]))

    def node(self, node):
        code, met = self.holds(node)
        if met is None:
            self.unknown = True
        else:
            self.fail(code, met)

    def holds(self, node):
        if "see" in node:
            return self.holds(self.doc["shared"][node["see"]])
        if "any" in node:
            values = [self.holds(part)[1] for part in node["any"]]
            return f"fact:{node['name']}", True if True in values else None if None in values else False
        name, wanted = node["fact"], node["value"]
        if name == "age":
            if wanted is None:
                return "age", None
            return "age", after(born_at_latest(self.who["born"]), wanted, "year") <= self.event
        if name == "sex":
            return "sex", self.who["sex"] == wanted
        given = self.who["facts"].get(name)
        if given is None:
            return f"fact:{name}", None
        if node["is"] == "at_least":
            return f"fact:{name}", given * 100 >= round(float(wanted) * 10_000)
        return f"fact:{name}", given in wanted if node["is"] == "one_of" else given == wanted

    def clause(self):
        clauses = self.benefit["clauses"]
        tried = [[self.holds(node) for node in clause.get("when", [])] for clause in clauses]
        for clause, told in zip(clauses, tried, strict=True):
            if all(met for _, met in told):
                return clause
            if any(met is None for _, met in told) and not any(met is False for _, met in told):
                self.unknown = True
                return None
        self.failed.append(tried[0][0][0])
        return None

    def once(self):
        scope, who = self.benefit.get("once"), self.who
        if not scope:
            return
        before = [on for on, _, _, benefit in who["used"] if benefit == self.benefit["code"]]
        if scope == "period":
            kind = self.benefit.get("period")
            before = [on for on in before if year_of(kind, on, self.since) == year_of(kind, self.event, self.since)]
        self.fail("once", not who["times_before"] and (scope == "level" or not before))

    def capped(self, parts):
        """Unit by unit: each pays what is left of every cap that it falls under."""
        taken, total, given, open_ = {}, 0, False, False
        for toward, units, most_units, most_satang, kind in parts or [
            (self.benefit["code"], [(self.event, None)], None, None, "")
        ]:
            paid, count = 0, 0
            for day, satang in units:
                caps = list(self.caps(toward, day))
                if any(self.left(cap, taken)[0] <= 0 for cap in caps) or count == (most_units or 10**9):
                    continue
                room = [self.left(cap, taken)[1] for cap in caps]
                room += [most_satang - paid] if most_satang is not None and kind != "discretionary" else []
                sum_ = None if satang is None else min([satang, *room])
                sum_ = 0 if min(room, default=1) <= 0 else sum_
                given |= sum_ != 0 or kind == "in_kind"
                open_ |= sum_ is None
                count, paid, total = count + 1, paid + (sum_ or 0), total + (sum_ or 0)
                for key, _, _ in caps:
                    old = taken.get(key, (0, 0))
                    taken[key] = (old[0] + (sum_ or 0), old[1] + 1)
        self.exhausted(parts, given)
        return None if open_ else total

    def caps(self, toward, day):
        """(its key, the cap, the day whose year it is) of each cap that a unit falls under."""
        other = next(one for one in self.doc["benefits"] if one["code"] == toward)
        for at, cap in enumerate(self.listed(self.benefit)):
            if cap["scope"] == "event":
                yield (self.benefit["code"], at, None), cap, (self.benefit, day)
        for at, cap in enumerate(self.listed(other)):
            year = year_of(other.get("period"), day, self.since) if cap["scope"] == "period" else None
            if cap["scope"] != "event":
                yield (toward, at, year), cap, (other, day)

    @staticmethod
    def listed(benefit):
        return [] if benefit.get("caps") in (None, "none") else benefit["caps"]

    def left(self, asked, taken):
        """(units, satang) that are left of a cap."""
        key, cap, (owner, day) = asked
        used_satang, used_units = self.used(cap, owner, day)
        satang, units = taken.get(key, (0, 0))
        return cap.get("units", 10**9) - used_units - units, cap.get("satang", 10**12) - used_satang - satang

    def used(self, cap, owner, day):
        if cap["scope"] == "event":
            return 0, 0
        if cap["scope"] == "household":
            return self.who["household_used"], 0
        mine = [one for one in self.who["used"] if one[3] == owner["code"]]
        if cap["scope"] == "period" and owner.get("period") == "rolling":
            most = (0, 0)
            for end in (day + n * DAY for n in range(367)):
                if after(day, 12, "month") <= end:
                    break
                inside = [one for one in mine if one[0] <= end < after(one[0], 12, "month")]
                most = max(most, (sum(one[1] for one in inside), sum(one[2] for one in inside)))
            return most
        if cap["scope"] == "period":
            kind = owner.get("period")
            mine = [one for one in mine if year_of(kind, one[0], self.since) == year_of(kind, day, self.since)]
        return sum(one[1] for one in mine), sum(one[2] for one in mine)

    def exhausted(self, parts, given):
        """Where nothing is given, each cap of which nothing was left is an obstacle."""
        if given:
            return
        asked = {}
        for toward, units, *_ in parts or [(self.benefit["code"], [(self.event, None)])]:
            for day, _ in units or [(self.event, None)]:
                for one in self.caps(toward, day):
                    asked.setdefault((one[0][0], one[0][1]), []).append(one)
        for several in asked.values():
            self.fail(f"cap_{several[0][1]['scope']}", any(min(self.left(one, {})) > 0 for one in several))


def judge(document, code, who):
    return Slow(document, code, who).judge()
