"""What was decided stays under its version: a new one that begins before is refused, or lists what stays when the meeting said so."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

import db
from db.models import Regulation
from pwa.demo import regulations
from pwa.domain import Refusal
from pwa.domain.fund import claims, decided, versions
from pwa.domain.fund.sentences import Sentence
from pwa.domain.operations import claim_promises
from pwa.domain.people import accounts
from pwa.domain.review import claim_decisions
from pwa.spoken import speaker
from tests import terminal
from tests.claiming import AT, birth, certified, stay, told
from tests.claiming import decided as decided_claim

LATER = AT + timedelta(days=2)
SITTING = {"board": "ประชุมใหญ่", "meeting": "2/2569", "resolved_on": date(2026, 11, 29)}


def third():
    """A third version, in which a birth is worth 2,000 baht instead of 1,000."""
    told = json.loads(json.dumps(regulations.invented()[1]))
    told |= {"version": 3, "replaces": 2, "in_force_from": None, "name": "ระเบียบฉบับที่สาม"}
    return json.dumps(told, ensure_ascii=False).replace("100000", "200000").encode()


def enforce(starts_on, at=LATER, **more):
    about = dict(starts_on=starts_on, sitting=SITTING, replaces=2, at=at) | more
    people = accounts.named("registrar"), accounts.named("committee")
    return versions.enforce(versions.fund_of("F1"), third(), drafted_by=people[0], by=people[1], **about)


@pytest.fixture
def two(app):
    """A birth of 1 September that was granted, and a stay that ended on 15 October and was refused."""
    return decided_claim(birth()), decided_claim(stay(evidence=[]), accepted=False, reason="ไม่มีใบรับรอง")


@pytest.mark.parametrize(
    ("starts_on", "count", "first"),
    [(date(2026, 9, 1), 2, date(2026, 9, 1)), (date(2026, 9, 2), 1, date(2026, 10, 15)), (date(2026, 10, 15), 1, date(2026, 10, 15))],
)  # fmt: skip
def test_a_version_that_begins_before_a_decided_event_is_refused(two, starts_on, count, first):
    """On the very day too, and also where the fund decided to give nothing."""
    with pytest.raises(Refusal) as no:
        enforce(starts_on)
    assert (no.value.values["count"], no.value.values["first"]) == (count, first)
    said = speaker("th")(Sentence(no.value.message, no.value.values)).replace("\u00a0", " ")
    assert f"ตัดสินไปแล้ว {count} เรื่อง" in said and "15 ต.ค. 2569" in said
    assert Regulation.select().where(Regulation.version == 3).count() == 0


def test_the_day_after_the_last_decided_event_is_free(two):
    assert versions.staying(enforce(date(2026, 10, 16))) == ()


def test_where_the_resolution_says_that_they_stay_they_are_listed_and_keep_their_version(two):
    made = enforce(date(2026, 9, 1), decided_stay=True)
    born, ill = two
    assert versions.staying(made) == (
        decided.Stays(born.claim.id, date(2026, 9, 1), "birth", True, 100000, 2),
        decided.Stays(ill.claim.id, date(2026, 10, 15), "illness", False, 0, 2),
    )
    new = birth("2026-09-02", subject={"type": "child", "name": "ใบตอง"})
    assert told(certified(new)).answer.amount_satang == 200000, "what is not decided yet goes by the new version"
    assert [words for promise in claim_promises.OF_CLAIMS for words in promise()] == []


def test_what_goes_to_a_meeting_again_stays_no_more(two):
    """An appeal is decided anew, by the version that holds then; what is decided after the version was put in force is not listed."""
    made = enforce(date(2026, 9, 1), decided_stay=True)
    born, _ = two
    by, at = accounts.named("registrar"), LATER + timedelta(hours=1)
    claim_decisions.reopen(born.claim, reason="อุทธรณ์", by=by, at=at)
    assert [one.benefit for one in versions.staying(made)] == ["illness"]
    sitting = {"board": "4", "meeting": "13/2569", "resolved_on": date(2026, 11, 30)}
    claim_decisions.propose(born.claim, accepted=True, **sitting, by=by, at=at)
    seen = len(claims.of(born.claim).acts)
    claim_decisions.confirm(born.claim, agrees=True, seen=seen, by=accounts.named("committee-2"), at=at)
    assert decided.of(claims.of(born.claim).last("grant")).amount_satang == 200000
    assert [one.benefit for one in versions.staying(made)] == ["illness"]
    assert [words for promise in claim_promises.OF_CLAIMS for words in promise()] == []


def test_the_promise_sees_a_decision_under_another_version(two):
    """As if the third version had been there when the two were decided."""
    with db.database.atomic() as all_of_it:
        enforce(date(2026, 8, 1), at=datetime(2026, 11, 1, tzinfo=UTC), decided_stay=True, sitting=SITTING)
        found = list(claim_promises.decisions_come_to_the_same_again())
        all_of_it.rollback()
    assert sum("rests on version 2, and 3 was in force" in words for words in found) == 2


def test_the_wall_says_that_what_was_decided_stays_and_names_nobody(two, client, page):
    enforce(date(2026, 9, 1), decided_stay=True)
    said = {n: "".join(page(f"/rules/F1?version={n}", client).itertext()).replace("\u00a0", " ") for n in (2, 3)}
    assert [n for n, words in said.items() if "ตัดสินไปก่อนแล้ว คงตามที่ตัดสินไว้" in words] == [3]
    assert "บุญมี" not in said[3]


def test_a_terminal_lists_what_stays(two, data, tmp_path):
    file = tmp_path / "third.json"
    file.write_bytes(third())
    asked = ["--from", "2026-09-01", "--resolution", "ประชุมใหญ่/2/2569/2026-11-29", "--replaces", "2"]
    asked += ["--drafted-by", "registrar", "--enforced-by", "committee"]
    no = terminal.ombun(data, "rules", "enforce", "F1", file, *asked)
    assert (no.code, no.said) == (2, "") and "ตัดสินไปแล้ว 2 เรื่อง" in no.complained
    yes = terminal.ombun(data, "rules", "enforce", "F1", file, *asked, "--decided-stay")
    assert yes.code == 0, yes.complained
    first, heading, *lines = yes.said.replace("\u00a0", " ").splitlines()
    assert "ฉบับที่ 3" in first and "2 เรื่อง" in heading
    born, ill = two
    assert "1 ก.ย. 2569" in lines[0] and "birth" in lines[0] and str(born.claim.id) in lines[0]
    assert "ไม่อนุมัติ" in lines[1] and str(ill.claim.id) in lines[1] and "บุญมี" not in yes.said
