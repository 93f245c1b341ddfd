"""What a whole room reads of a claim's reasons, and what else asks for the same."""

from dataclasses import replace

from pwa.domain.fund.answers import Condition
from pwa.domain.fund.sentences import Sentence
from pwa.domain.fund.terms import FactKind
from pwa.domain.review import agenda_reasons
from tests.claiming import birth, certified, stay, told


def test_of_health_it_says_only_that_there_is_such_a_condition(app):
    known = told(certified())
    sick = Condition("fact:sick", False, Sentence("มะเร็ง"), "ข้อ 1", fact="มะเร็ง", source="ใบรับรอง")
    plain = Condition("any", False, Sentence("one of"), "ข้อ 2", parts=(sick,))
    facts = {**known.version.facts, "sick": FactKind("sick", "โรค", "yes_no", health=True)}
    about = replace(
        known, version=replace(known.version, facts=facts), answer=replace(known.answer, conditions=(sick, plain))
    )
    found = agenda_reasons.of(about)
    assert found[0].says == found[1].parts[0].says == agenda_reasons.HEALTH
    assert "มะเร็ง" not in str(found) and found[0].clause == "ข้อ 1"
    assert agenda_reasons.of(known) == list(known.answer.conditions)
    assert agenda_reasons.of(None) == []


def test_other_open_claims_by_the_same_right_stand_beside_it(app):
    one, other = certified(), certified(stay(admit_on="2026-10-20", event_on="2026-10-25"))
    certified(birth())
    found = {row.claim.id for row in agenda_reasons.beside(one)}
    assert other.claim.id in found and one.claim.id not in found and len(found) == 2
