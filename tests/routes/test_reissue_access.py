"""New access for somebody who had it: one officer asks, another confirms on their own page, and the first shows the QR code."""

import pytest

from db.models import Enrolment, Reissue
from pwa.domain.people import accounts, enrolments, passkeys, reissues
from tests.people_fixtures import enrol, invite
from tests.small_fund import NOW

SAID = {"identity_check": "known", "reason": "The old phone is lost or broken"}


@pytest.fixture
def bunma(settled_fund, site):
    """ยายบุญมา has a phone, and so have the officers."""
    about = dict(by=settled_fund.people["registrar"], at=NOW, reason="First phone", identity_check="known")
    issued = enrolments.issue_to_person(settled_fund.bunma.id, **about)
    settled_fund.people["bunma"] = issued.enrolment.account
    enrol(site.browser(), issued.token)
    for handle in ("zone-leader", "registrar"):
        enrol(site.browser(), invite(settled_fund, handle).token)
    return issued.enrolment.account


def ask(site, account, handle="registrar"):
    answer = site.browser(handle).post("/enrolments/new", data={"account": account.id, **SAID})
    return answer, Reissue.select().order_by(Reissue.asked_at.desc()).first()


def test_the_form_says_that_a_second_officer_is_needed(site, bunma):
    text = site.browser("registrar").get(f"/enrolments/new?account={bunma.id}").text
    assert "คนที่สอง" in text


def test_two_officers_give_it(site, bunma):
    before = Enrolment.select().count()
    answer, asked = ask(site, bunma)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/reissues/{asked.id}")
    assert Enrolment.select().count() == before
    first, second = site.browser("registrar"), site.browser("zone-leader")
    assert first.post(f"/reissues/{asked.id}/link").status_code == 422
    assert f"/reissues/{asked.id}" in second.get("/reissues").text
    assert [second.post(f"/reissues/{asked.id}/confirmation").status_code for _ in range(2)] == [303, 303]
    shown = first.post(f"/reissues/{asked.id}/link")
    assert shown.status_code == 200 and "data:image/svg+xml" in shown.text
    assert first.post(f"/reissues/{asked.id}/link").status_code == 422
    assert Enrolment.select().count() == before + 1
    assert first.get(f"/reissues/{asked.id}").status_code == 200


def test_who_asked_does_not_confirm(site, bunma):
    _, asked = ask(site, bunma)
    assert site.browser("registrar").post(f"/reissues/{asked.id}/confirmation").status_code == 422
    assert site.browser("volunteer").post(f"/reissues/{asked.id}/confirmation").status_code == 404
    assert reissues.state(asked, at=NOW) == "asked"


def test_whose_account_it_is_sees_it_and_stops_it(site, bunma):
    _, asked = ask(site, bunma)
    client = site.browser("bunma")
    assert f"/reissues/{asked.id}" in client.get("/me").text
    assert "ไม่ใช่ฉันขอ" in client.get(f"/reissues/{asked.id}").text
    assert client.post(f"/reissues/{asked.id}/refusal", data={"reason": ""}).status_code == 422
    assert client.post(f"/reissues/{asked.id}/refusal", data={"reason": "ไม่ได้ขอ"}).status_code == 303
    assert "ไม่ได้ขอ" in site.browser("registrar").get(f"/reissues/{asked.id}").text
    assert site.browser("zone-leader").post(f"/reissues/{asked.id}/confirmation").status_code == 422


def test_it_is_a_task_of_the_second_officer(site, bunma):
    ask(site, bunma)
    assert "/reissues" in site.browser("zone-leader").get("/").text
    assert 'href="/reissues"' not in site.browser("registrar").get("/").text


def test_alone_it_waits_a_day(site, settled_fund, bunma):
    for handle in ("zone-leader", "registrar"):
        for known in passkeys.of(settled_fund.people[handle]):
            passkeys.revoke(known.passkey, by=settled_fund.people["admin"], at=NOW, reason="หาย")
    _, asked = ask(site, bunma)
    assert asked.opens_at == NOW + reissues.DELAY
    client = site.browser("registrar")
    assert client.post(f"/reissues/{asked.id}/link").status_code == 422
    site.clock.at = asked.opens_at
    assert site.browser("registrar").post(f"/reissues/{asked.id}/link").status_code == 200


def test_a_first_phone_needs_nobody_else(site, settled_fund):
    answer = site.browser("registrar").post("/enrolments/new", data={"person": settled_fund.bunma.id, **SAID})
    assert answer.status_code == 200 and "data:image/svg+xml" in answer.text
    assert accounts.of_member(settled_fund.bunma, by=None, at=NOW)
