"""What is frozen reads back as what it was."""

from datetime import date

from pwa.domain.fund.freezing import frozen, thawed
from pwa.domain.fund.sentences import Partial, Satang, Sentence, Span
from tests.claiming import certified, told


def test_a_case_and_its_answer_come_back_as_they_were(app):
    known = told(certified())
    assert known.answer.amount_satang == 60000
    assert thawed(frozen({"case": known.case, "answer": known.answer})) == {"case": known.case, "answer": known.answer}


def test_each_kind_of_value_comes_back():
    values = {"n": 3, "text": "ก", "day": date(2026, 11, 1), "span": Span(6, "month"), "none": None, "is": True}
    said = Sentence("%(n)s", values | {"list": [Satang(100), Partial("2501")], "tuple": (1, "2")})
    back = thawed(frozen(said))
    assert back == said
    assert [type(one) for one in back.values["list"]] == [Satang, Partial]
