"""A member and the demo village's own regulation, for tests of what somebody would get."""

from datetime import date
from pathlib import Path

from pwa.domain.fund import regulation
from pwa.domain.fund.case import Case, Fact, Period, Step

DEMO = Path(__file__).parents[1] / "pwa/demo/regulations.json"
VERSIONS = regulation.load(DEMO.read_bytes()).versions
TODAY = date(2026, 11, 29)
MEMBER = Case(
    event_on=TODAY,
    periods=Fact((Period(date(2021, 1, 5)),), "มติ 1/2564"),
    coverage=Fact((Step(date.min, date(2026, 11, 30)),), "สมุด"),
    born=Fact("1968-08-12", "ทะเบียน"),
    sex=Fact("f", "ทะเบียน"),
)
