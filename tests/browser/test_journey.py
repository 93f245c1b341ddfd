"""The whole first journey: a household written down without a signal becomes part of the register, and its member sees it."""

import re
import uuid

from playwright.sync_api import expect

from db.models import Application, Membership, Person, StoredBlob
from pwa.domain.people import accounts, enrolments, reissues
from pwa.domain.register import tables
from pwa.web import system_clock
from tests.browser.household_form import Form, photo, write_household
from tests.browser.stories import held, keeps_every_promise, no_signal, office, ready, sent, waiting
from tests.browser.test_sign_in import PRESENCE_MS


def test_it_brings_a_household_from_the_doorstep_to_the_member(village, phones):
    volunteer = ready(phones("volunteer"))
    entry, people = write_at_the_doorstep(village, volunteer)
    send(village, volunteer, entry)
    leader = phones("zone-leader")
    not_in_the_queue_of(phones("other-zone-leader"), entry)
    return_with_a_comment(leader, entry, people["bunma"])
    second = correct_without_a_signal(village, volunteer, entry, people["bunma"])
    subject = approve(village, leader, entry, second)
    registrar = phones("registrar")
    registrar.page.clock.install()
    number = admit(village, registrar, subject, people)
    digits = issue_access(registrar, subject, people["bunma"])
    member = enrol_by_digits(phones(None), digits)
    registrar.page.clock.fast_forward(PRESENCE_MS)
    registrar.page.locator("[data-used]:visible").wait_for()
    sees_own_rights(member, number)
    says_that_it_is_wrong(village, member)
    answered_by_the_leader(leader, member)
    enrol_by_link(village, phones(None), subject, people["bunma"])
    keeps_every_promise(village)


def write_at_the_doorstep(village, volunteer):
    """No network, a cold start, three people, and a phone that says what it keeps."""
    picture = photo(volunteer)
    with no_signal(village, volunteer):
        volunteer.restart()
        people = write_household(Form(volunteer).open(), picture)
        entry = Form(volunteer).save()
        volunteer.picture("journey-saved")
        volunteer.page.goto("/")
        waiting(volunteer, 1)
        volunteer.page.locator('[data-slot="waiting"]', has_text="1").wait_for()
        expect(volunteer.page.locator('[data-slot="since"]')).to_contain_text(re.compile(r"แต่ \d\d:\d\d น\."))
        volunteer.picture("journey-home-waiting")
    return entry, people


def send(village, volunteer, entry):
    """With the network everything goes out by itself, once, and the phone shows the receipt."""
    sent(volunteer, 1)
    (row,) = held(village, entry)
    assert (row["outcome"], row["transport"], row["plain"]["place"]) == ("received", "proved", "C01")
    blobs = [blob["sha256"] for blob in row["plain"]["blobs"]]
    with office(village):
        assert StoredBlob.select().where(StoredBlob.sha256.in_(blobs)).count() == len(blobs) == 3
    assert len(village.proxy.seen("PUT /sync/blobs")) == 3
    volunteer.page.goto(f"/saved#{entry}")
    volunteer.page.locator("[data-step=sent].timeline__item--done", has_text=str(row["number"])).wait_for()
    volunteer.picture("journey-sent")


def not_in_the_queue_of(other, entry):
    other.expects(f"/review/{entry}: .*404")
    other.page.goto("/review")
    expect(other.page.get_by_text("99/7")).to_have_count(0)
    assert other.page.goto(f"/review/{entry}").status == 404
    other.close()


def return_with_a_comment(leader, entry, person):
    """The leader sees the queue, the entry and the machine's checks, and pins a word to a field."""
    leader.page.goto("/review")
    leader.picture("review-queue")
    leader.page.locator(f'a[href="/review/{entry}"]').first.click()
    leader.page.get_by_role("heading", name="99/7").wait_for()
    expect(leader.page.locator(".checks__item")).not_to_have_count(0)
    leader.picture("review-entry")
    comment = f'[data-field="comment.people.{person}.birth_date"]'
    card = leader.page.locator("details.card", has=leader.page.locator(comment))
    if card.get_attribute("open") is None:
        card.locator("> summary").click()
    leader.page.locator(f"{comment} > summary").click()
    leader.page.locator(f"{comment} textarea").fill("ช่วยดูปีเกิดจากบัตรอีกครั้ง")
    leader.picture("review-comment")
    leader.page.locator("#reason").fill("ขาดอีกช่องเดียว")
    leader.page.locator('button[formaction$="/return"]').click()
    leader.page.wait_for_url(re.compile(rf"/review(?!/{entry})"))


def correct_without_a_signal(village, volunteer, entry, person):
    """The phone shows it returned; the word stands at its field; the correction is saved offline and replaces the first."""
    volunteer.page.goto("/")
    row = f'[data-list="returned"] [href$="#returned={entry}"]'
    volunteer.page.locator(row).wait_for()
    volunteer.picture("home-returned")
    with no_signal(village, volunteer):
        volunteer.restart()
        volunteer.page.goto("/")
        volunteer.page.locator(row).click()
        form = Form(volunteer).shown()
        volunteer.picture("form-returned")
        volunteer.page.locator("[data-came-back] a").click()
        field = volunteer.page.locator(f'[data-field="people.{person}.birth_date"]')
        field.get_by_text("ช่วยดูปีเกิดจากบัตรอีกครั้ง").wait_for()
        volunteer.picture("form-comment")
        form.write(f"people.{person}.birth_date:year", "2502")
        for step in ("health", "membership", "respondent", "evidence"):
            form.go_on()
            form.step(step)
        second = form.save()
    sent(volunteer, 2)
    states = [row["state"] for row in held(village, entry, second)]
    assert states == ["replaced", "received"]
    return second


def approve(village, leader, entry, second):
    """The leader is led to the newer one; with the approval, and only then, it is in the register, with three names."""
    (row,) = held(village, second)
    subject = uuid.UUID(row["plain"]["subject"])
    with office(village):
        assert not Person.select().where(Person.household == subject).exists()
    leader.page.goto(f"/review/{entry}")
    leader.page.locator(f'a[href="/review/{second}"]').click()
    leader.page.locator(".dock button:not([formaction])").click()
    leader.page.wait_for_url(re.compile(rf"/review(?!/{second})"))
    leader.page.goto(f"/households/{subject}")
    for words in ("บุญมา ใจงาม", "สมหญิง ดีพร้อม", "บุญมี แสนสุข", "สมาชิกเดิม รอยืนยัน"):
        expect(leader.page.locator("main")).to_contain_text(words, use_inner_text=True)
    leader.picture("household")
    with office(village):
        assert {one.first_name for one in Person.select().where(Person.household == subject)} == {"บุญมา", "สมาน", "มาลี"}
    return subject


def admit(village, registrar, subject, people):
    """The committee's resolution makes a member with a number; who was a member already keeps number and tenure."""
    with office(village):
        ids = {name: tables.person_id(subject, people[name]) for name in ("bunma", "saman", "mali")}
        applied = Application.get(Application.person == ids["bunma"])
        known = Application.get(Application.person == ids["saman"])
    page = registrar.page
    page.goto("/admissions")
    page.locator(f'input[name="application"][value^="{applied.id}-"]').check()
    form = page.locator("form", has=page.locator(f'input[value^="{applied.id}-"]'))
    form.locator('[name="board"]').fill("3")
    form.locator('[name="meeting"]').fill("10/2569")
    form.locator('[name="accepted"][value="yes"]').check()
    registrar.picture("admissions")
    form.locator("button[type=submit]").click()
    page.locator(f'input[name="application"][value^="{applied.id}-"]').wait_for(state="detached")
    page.goto(f"/admissions/{known.id}")
    page.locator('[name="accepted"][value="yes"]').check()
    registrar.picture("passbook-confirmation")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/admissions")
    with office(village):
        new, old = (Membership.get(Membership.person == ids[name]) for name in ("bunma", "saman"))
        assert re.fullmatch(r"\d{5}", new.number)
        assert (old.number, f"{old.joined_on}", f"{old.tenure_from}") == ("00147", "2021-01-05", "2021-01-05")
        assert not Membership.select().where(Membership.person == ids["mali"]).exists()
    return new.number


def issue_access(registrar, subject, person):
    """The registrar shows the member a QR code and eight digits."""
    page = registrar.page
    page.goto(f"/households/{subject}")
    page.locator("a.row", has_text="บุญมา").click()
    page.locator('.dock a[href^="/enrolments/new"]').click()
    page.locator('input[name="identity_check"]').first.check()
    page.locator('input[name="reason"]').first.check()
    page.locator("#enrolment button[type=submit]").click()
    page.locator(".code").wait_for()
    registrar.picture("enrolment-code")
    return page.locator(".code").inner_text()


def enrol_by_digits(member, digits):
    member.page.goto("/enrol")
    member.page.locator("#digits").fill(digits)
    member.picture("enrol-digits")
    member.page.locator("[data-enrol-digits] button").click()
    member.page.wait_for_url("**/me")
    member.page.goto("/me")
    member.worker_ready()
    return member


def sees_own_rights(member, number):
    """Household, standing, number, days left, and who said, wrote and checked it."""
    for word in (number, "180", "99/7", "ชุมชนริมคลอง", "สมาน", "มาลี"):
        expect(member.page.locator("body")).to_contain_text(word, use_inner_text=True)
    member.picture("me")
    member.page.locator("#data-person > summary").click()
    member.page.locator("#data details.value summary").first.click()
    for name in ("บุญมา ใจงาม", "สมหญิง ดีพร้อม", "บุญมี แสนสุข"):
        expect(member.page.locator("#data details.value[open] .timeline")).to_contain_text(name, use_inner_text=True)
    member.picture("me-names")


def says_that_it_is_wrong(village, member):
    value = member.page.locator("#data details.value[open]")
    value.locator("details.pin summary").click()
    value.locator("textarea").fill("ชื่อในบัตรสะกดอีกอย่าง")
    member.picture("me-correction")
    value.locator("correction-form button").click()
    value.locator("[data-saved]").wait_for()
    (kept,) = sent(member, 1)
    assert held(village, kept["id"])[0]["plain"]["kind"] == "correction"


def answered_by_the_leader(leader, member):
    """It is in the zone's queue; the answer and its reason are on the member's own page."""
    leader.page.goto("/review")
    leader.page.locator(".rows a.row", has_text="99/7").first.click()
    leader.page.get_by_text("ชื่อในบัตรสะกดอีกอย่าง").wait_for()
    leader.picture("review-correction")
    leader.page.locator("#reason").fill("ดูสำเนาบัตรแล้ว สะกดถูกต้อง")
    here = leader.page.url
    leader.page.locator('button[formaction$="/rejection"]').click()
    leader.page.wait_for_url(lambda address: address != here)
    member.page.goto("/me")
    member.page.locator("#corrections", has_text="ดูสำเนาบัตรแล้ว สะกดถูกต้อง").wait_for()
    member.page.locator("#corrections").scroll_into_view_if_needed()
    member.picture("me-answer")


def enrol_by_link(village, second, subject, person):
    with office(village):
        registrar, at = accounts.named("registrar"), system_clock()
        account = accounts.of_member(accounts.person(tables.person_id(subject, person)), by=registrar, at=at)
        asked = reissues.ask(account, by=registrar, at=at, reason="เครื่องใหม่", identity_check="known")
        reissues.confirm(asked, by=accounts.named("zone-leader"), at=at)
        link = enrolments.link(village.origin, reissues.issue(asked, by=registrar, at=at).token)
    second.enrol(link)
    second.page.wait_for_url("**/me")
    expect(second.page).to_have_url(re.compile("^[^#]*$"))
    expect(second.page.locator("h1")).to_contain_text("บุญมา")
    second.picture("me-second-phone")
