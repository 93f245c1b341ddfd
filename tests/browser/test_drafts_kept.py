"""A form that was not finished is never lost with the phone, the session or the key: it goes into custody and comes back."""

from playwright.sync_api import expect

from tests.browser.doorstep import unlocked
from tests.browser.household_form import Form, half_written
from tests.browser.stories import NO_SIGNAL, call, held, keeps_every_promise, no_signal, ready, sent, sign_out

OFFERED = """async () => {
  const address = moduleOf("drafts");
  return (await (await import(address)).list()).length > 0;
}"""


def test_a_draft_is_offered_on_the_next_phone_until_it_is_finished(village, phones):
    first = ready(phones("volunteer"))
    draft = half_written(first, "47/9")
    call(first, "keys", "lock")
    with no_signal(village, first):
        sign_out(first)
    sent(first, 1)
    (entry,) = [one["id"] for one in call(first, "outbox", "list")]
    (row,) = held(village, entry)
    assert (row["outcome"], row["transport"], row["plain"]["kind"]) == ("received", "proved", "draft")
    assert "47/9" not in str(row["plain"])

    second = ready(phones("volunteer"))
    second.until(OFFERED)
    second.page.goto("/")
    offered = second.page.locator('[data-list="drafts"] .row')
    offered.wait_for()
    second.picture("draft-of-another-phone")
    offered.click()
    form = Form(second)
    unlocked(form)
    expect(second.page.locator('[name="house.number"]')).to_have_value("47/9")
    form.choose("visit.outcome", "absent")
    finished = form.save()
    sent(second, 1)
    assert [one["plain"]["subject"] for one in held(village, finished)] == [draft]
    call(second, "sync", "flush", "test")
    assert call(second, "drafts", "list") == []

    first.sign_in()
    ready(first)
    first.until(f"async () => !(await ({OFFERED})())")
    keeps_every_promise(village)


def test_a_draft_outlives_the_key_that_it_was_sealed_to(village, phones):
    phone = ready(phones("volunteer"))
    phone.expects(NO_SIGNAL)
    draft = half_written(phone, "12")
    sign_out(phone)
    phone.passkeys.forget()
    phone.enrol(village.invite("volunteer"))
    ready(phone)
    pair = call(phone, "person", "me")["pair"]
    phone.until(
        """async ([id, pair]) => {
          const address = moduleOf("store");
          return (await (await import(address)).get("drafts", id)).pair === pair;
        }""",
        [draft, pair],
    )
    phone.page.goto(f"/households/new#draft={draft}")
    unlocked(Form(phone))
    expect(phone.page.locator('[name="house.number"]')).to_have_value("12")
