"""A claim begins without a kit, and from what a visit told; and whoever it concerns hears what is new."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from db.models import Person
from pwa.domain.people import accounts
from pwa.domain.register import members
from pwa.domain.review import review
from pwa.web import system_clock
from tests.browser.claiming import ClaimForm, saved, today
from tests.browser.fields import sent_out, shown
from tests.browser.stories import held, looked_over, no_signal, office, ready, sent
from tests.claiming import child, visited_near
from tests.claiming import member as entitled

BORN = today() - timedelta(days=20)


@pytest.fixture
def born(village):
    """A house of the volunteer's communities of which a visit told a birth."""
    with office(village):
        return visited_near("volunteer", child(birth_date=BORN.isoformat()), at=system_clock())


def test_a_member_claims_for_their_own_house_and_hears_what_is_new(village, phones):
    member = phones("member")
    ready(member)
    page = member.page
    page.goto("/me")
    page.locator('a[href="/claims/new#mine=1"]').click()
    form = ClaimForm(member).shown()
    with office(village):
        person = members.of_account(accounts.named("member"))
    expect(page.locator("#member")).to_have_value(str(person.id))
    form.what("F1.birth")
    form.go_on()
    form.on("event_on", today())
    form.fill("subject.name", "ใบบัว ตัวอย่าง")
    looked_over(member, "claim-mine")
    form.go_on()
    form.step("payees")
    form.go_on()
    form.step("papers")
    entry = saved(form)
    sent(member, 1)
    (row,) = held(village, entry)
    assert (row["state"], row["plain"]["payload"]["member"]) == ("received", str(person.id))
    page.goto("/me")
    expect(page.locator("[data-news]").first).to_be_visible()
    page.locator("main").wait_for()
    with office(village):
        leader, at = accounts.named("zone-leader"), system_clock()
        review.reject(review.get(entry, seen_by=leader, at=at), by=leader, at=at, reason="ไม่ใช่")
    page.wait_for_timeout(500)
    page.goto("/me")
    expect(page.locator("[data-news-banner]")).to_be_visible()
    looked_over(member, "claim-news")
    page.reload()
    expect(page.locator("[data-news]").first).to_be_visible()
    expect(page.locator("[data-news-banner]")).to_be_hidden()


def test_a_leader_begins_by_a_member_number(village, phones):
    leader = phones("zone-leader")
    ready(leader)
    page = leader.page
    page.goto("/claims/new")
    page.locator("[data-no-house][data-ready]").wait_for()
    looked_over(leader, "claim-begin")
    page.locator("#whose").fill("เดิม-88")
    page.locator('[data-list="whose"] a').click()
    ClaimForm(leader).shown()
    with office(village):
        expect(page.locator("#member")).to_have_value(str(entitled().person))


def test_what_nobody_has_claimed_stands_on_the_round_and_is_claimed_by_a_tap(village, phones, born):
    volunteer = phones("volunteer")
    sent_out(village, volunteer)
    page = volunteer.page
    with no_signal(village, volunteer):
        page.goto("/round")
        shown(volunteer)
        row = page.locator('[data-list="unclaimed"] a', has_text="ใบบัว")
        expect(row).to_contain_text("ภายใน")
        looked_over(volunteer, "round-unclaimed")
        row.click()
        form = ClaimForm(volunteer).shown()
        expect(page.locator('[name="_what"]:checked')).to_have_value("F1.birth")
        form.go_on()
        form.step("event")
        expect(page.locator('[name="subject.name"]')).to_have_value("ใบบัว ตัวอย่าง")
        form.on("event_on", BORN)
        form.go_on()
        form.step("payees")
        form.go_on()
        form.step("papers")
        saved(form)
        expect(page.locator('[data-list="life"] a')).to_have_attribute("href", re.compile("/households/new#life="))
        looked_over(volunteer, "claim-saved")
        page.locator('[data-list="life"] a').click()
        expect(page.locator('#household [name$=".birth_date:year"]').last).to_have_value(str(BORN.year + 543))
        page.goto("/round")
        expect(page.locator('[data-list="unclaimed"] a', has_text="ใบบัว")).to_have_count(0)


def test_who_moved_or_married_is_told_where_a_claim_begins_and_stands_in_the_visit(village, phones, born):
    """Without a signal; it is nothing to claim, and is not typed once more."""
    volunteer, person = phones("volunteer"), entitled_person(village)
    sent_out(village, volunteer)
    page = volunteer.page
    with no_signal(village, volunteer):
        for event, field in (("married", "marital"), ("moved", "gone")):
            page.goto(f"/claims/new#house={born.id}")
            page.reload()
            ClaimForm(volunteer).shown()
            if event == "married":
                expect(page.locator("[data-lives]")).to_be_hidden()
                page.locator("#member").select_option(str(person.id))
                looked_over(volunteer, "claim-lives")
            page.locator(f'[data-life="{event}"]').click()
            page.locator("#household[data-ready]:not([hidden])").wait_for()
            said = page.locator(f'#household [name="people.{person.local_id}.{field}"]')
            expect(said.and_(page.locator("select")).or_(said.and_(page.locator(":checked")))).to_have_value(event)


def entitled_person(village):
    with office(village):
        return Person.get(Person.id == entitled().person)
