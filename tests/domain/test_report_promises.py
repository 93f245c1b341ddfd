"""What pages of networks are read from is what the accepted files say; broken below the app, and made by the migration as by the app."""

import pytest

import db
from db.models import ReportAcceptance, ToldFigure, ToldMonth
from pwa.domain.network import keys, receiving, told_months
from pwa.domain.operations import report_promises
from tests import reporting
from tests.claiming import AT
from tests.domain.test_notes import KEY, PRIVATE

MIGRATION = "0070_told_months"


def accepted(**more):
    received, _ = receiving.take(reporting.signed(KEY, PRIVATE, **more), at=AT)
    receiving.accept(received, account=None, how="terminal", at=AT)
    return received


def found():
    return list(report_promises.networks_are_shown_what_was_accepted())


@pytest.fixture
def report(app):
    keys.pin(KEY.unit, KEY.text, at=AT)
    accepted(seq=3, changed={"arrears": 700, "restated": 0})
    accepted(seq=2)
    accepted(seq=4, period="2026-11")
    assert found() == [] and ToldMonth.select().count() == 2
    return ToldMonth.get(ToldMonth.period == "2026-10").received_id


def rows():
    months = ToldMonth.select().order_by(ToldMonth.received).tuples()
    figures = ToldFigure.select(ToldFigure.unit, ToldFigure.period, ToldFigure.figure, ToldFigure.n).tuples()
    return list(months), sorted(figures)


def test_the_highest_number_counts_and_its_figures_are_those_of_the_file(report):
    told = dict(ToldFigure.select(ToldFigure.figure, ToldFigure.n).where(ToldFigure.period == "2026-10").tuples())
    assert told == reporting.NUMBERS | {"arrears": 700} and ToldMonth.get_by_id(report).seq == 3
    told = told_months.sums("NET", ("arrears", "members"), "2026-10")
    assert (told["2026-10", "arrears"], told["2026-11", "members"], len(told)) == ((700, 1), (42, 1), 4)
    assert told_months.firsts("NET") == {"F1": "2026-10"} and told_months.told_of("NET", "2026-11") == {"F1"}
    assert told_months.lasts("NET", ("left",))["F1"][1::2] == ("2026-11", {"left": 1})


@pytest.mark.parametrize(
    ("break_it", "sentence"),
    [
        (lambda: ToldFigure.update(n=5).where(ToldFigure.figure == "restated"), "NET F1 2026-10, restated: 5 is shown, the report says 0."),
        (lambda: ToldFigure.update(n=None).where(ToldFigure.figure == "left"), "NET F1 2026-11, left: None is shown, the report says 1."),
        (lambda: ToldFigure.delete().where(ToldFigure.figure == "left"), "NET F1 2026-10, left: None is shown, the report says 1."),
        (lambda: ToldFigure.update(period="2026-08").where(ToldFigure.period == "2026-11"), "of which no report counts"),
        (lambda: ToldMonth.update(seq=9), "has another number or name"),
        (lambda: ToldMonth.delete(), "counts for NET F1 2026-10, and is not shown"),
        (lambda: ToldMonth.update(parent="52"), "is shown as the one that counts for 52 F1 2026-11, and is not"),
    ],
)  # fmt: skip
def test_it_sees_what_is_shown_otherwise(report, break_it, sentence):
    with db.database.atomic() as tried:
        break_it().execute()
        assert any(sentence in one for one in found()), found()
        tried.rollback()


def test_it_sees_a_report_that_counts_and_is_not_shown(report):
    with db.database.atomic() as tried:
        received, _ = receiving.take(reporting.signed(KEY, PRIVATE, seq=9), at=AT)
        ReportAcceptance.create(received=received, how="terminal", at=AT)
        assert found() == [
            f"The report {report} is shown as the one that counts for NET F1 2026-10, and is not.",
            f"The report {received.id} counts for NET F1 2026-10, and is not shown.",
        ]
        tried.rollback()


def test_the_migration_makes_the_same_of_what_was_accepted_before(report):
    before = rows()
    for table in ("told_figure", "told_month"):
        db.database.execute_sql(f"DROP TABLE {table}")
    db.database.execute_sql(f"DELETE FROM schema_migration WHERE name = '{MIGRATION}'")
    assert db.migrate() == [MIGRATION]
    assert rows() == before and found() == []
