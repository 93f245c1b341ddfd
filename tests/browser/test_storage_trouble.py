"""A phone that loses its store, has no room or a wrong clock says so before it hurts, and nothing typed is lost."""

import json

import pytest
from playwright.sync_api import expect

from db.models import Opening
from tests.browser.household_form import Form
from tests.browser.stories import call, counts, held, keeps_every_promise, no_signal, office, ready, sent
from tests.browser.test_phone_pages import SAVE
from tests.browser.test_phone_shield import CHAIN, chain, module

CLOCK = """(ahead) => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + ahead])); }
    static now() { return Real.now() + ahead; }
  };
}"""
MINUTE, BUDDHIST_ERA = 60_000, 543 * 31_556_952_000


@pytest.fixture
def phone(phones):
    return ready(phones("volunteer"))


def trouble(phone, name):
    return phone.page.locator(f'[data-trouble="{name}"]')


def set_clock(phone, ahead):
    phone.context.add_init_script(f"({CLOCK})({ahead})")


def leave_no_room(phone, village):
    """The browser gives our pages no byte more than they use; it believes its own last sum for half a minute. Returns how to undo it."""
    browser = phone.context.new_cdp_session(phone.page)
    used = browser.send("Storage.getUsageAndQuota", {"origin": village.origin})["usage"]
    phone.page.evaluate(
        "async (address) => (await import(address)).put('meta', 0, 'room-tried')", module(phone, "store")
    )
    browser.send("Storage.overrideQuotaForOrigin", {"origin": village.origin, "quotaSize": used})
    phone.page.wait_for_timeout(31_000)
    return lambda: browser.send("Storage.overrideQuotaForOrigin", {"origin": village.origin})


def lose_everything(phone, village):
    browser = phone.context.new_cdp_session(phone.page)
    kinds = "indexeddb,cache_storage,service_workers,local_storage"
    phone.page.goto("about:blank")
    browser.send("Storage.clearDataForOrigin", {"origin": village.origin, "storageTypes": kinds})


def test_a_store_that_vanished_is_told_and_the_phone_gets_a_new_number(village, phone):
    phone.page.evaluate(SAVE, "61/9")
    phone.page.evaluate(SAVE, "61/10")
    sent(phone, 2)
    number = chain(phone)["device"]
    lose_everything(phone, village)
    phone.page.goto("/")
    trouble(phone, "vanished").wait_for()
    expect(trouble(phone, "vanished")).to_contain_text("เคยส่งถึงเลขที่ 2")
    phone.picture("trouble-vanished")
    phone.is_accessible()
    phone.fits()
    newer = chain(phone)
    assert newer["device"] != number and newer["seq"] == 0
    entry = phone.page.evaluate(SAVE, "62/1")
    sent(phone, 1)
    assert [(one["seq"], one["outcome"], one["transport"]) for one in held(village, entry)] == [
        (1, "received", "proved")
    ]
    phone.page.goto("/phone")
    trouble(phone, "vanished").locator("button").click()
    trouble(phone, "vanished").wait_for(state="hidden")
    phone.page.goto("/")
    phone.page.locator("[data-field-work] .stat").first.wait_for()
    expect(trouble(phone, "vanished")).to_be_hidden()
    keeps_every_promise(village)


def test_a_store_from_yesterday_makes_no_fork(village, phone):
    before = chain(phone)
    phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)
    undo = """async ([address, chain]) => {
      const { put, remove, all } = await import(address);
      for (const { id } of await all("outbox")) await remove("outbox", id);
      await put("meta", chain, "chain");
    }"""
    phone.page.evaluate(undo, [module(phone, "store"), before])
    call(phone, "sync", "flush", "test")
    assert chain(phone)["device"] != before["device"]
    phone.page.goto("/phone")
    trouble(phone, "vanished").wait_for()


@pytest.mark.parametrize(("ahead", "says"), [(25, "เร็วไป"), (-180, "ช้าไป")], ids=["fast", "slow"])
def test_a_clock_that_is_off_is_told_and_blocks_nothing(village, phone, ahead, says):
    set_clock(phone, ahead * MINUTE)
    for path in ("/phone", "/", "/households/new"):
        phone.page.goto(path)
        trouble(phone, "clock").wait_for()
        expect(trouble(phone, "clock")).to_contain_text(says)
        phone.fits()
    phone.picture(f"trouble-clock-{ahead}")
    phone.is_accessible()
    phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)


def test_a_clock_in_the_buddhist_era_is_told_even_without_a_signal(village, phone):
    set_clock(phone, BUDDHIST_ERA)
    with no_signal(village, phone):
        for path in ("/", "/phone", "/households/new"):
            phone.page.goto(path)
            trouble(phone, "buddhist").wait_for()
            expect(trouble(phone, "clock")).to_be_hidden()
        phone.is_accessible()
        phone.picture("trouble-buddhist")
        phone.page.goto("/phone")
        phone.page.locator('[data-state] [data-slot="clock"]', has_text="พ.ศ.").wait_for()
        entry = phone.page.evaluate(SAVE, "61/9")
    sent(phone, 1)
    assert held(village, entry)[0]["outcome"] == "received"
    with office(village):
        assert Opening.select().order_by(Opening.entry.desc()).first().clock_odd == "be_year"


def test_a_right_clock_is_not_spoken_of(phone):
    phone.page.goto("/phone")
    phone.until(f"async () => Boolean(await ({CHAIN.replace('chain', 'custody')})('{module(phone, 'store')}'))")
    for name in ("clock", "buddhist", "vanished", "short"):
        expect(trouble(phone, name)).to_be_hidden()


def test_a_phone_without_room_keeps_what_is_typed_and_saves_nothing_by_half(village, phone):
    make_room = leave_no_room(phone, village)
    phone.page.goto("/households/new")
    trouble(phone, "short").wait_for()
    form = Form(phone).start_anew()
    form.house(number="45/2", outcome="absent")
    phone.page.locator('[name="house.description"]').fill("บ้านไม้หลังวัด")
    refused = phone.page.locator("[data-refused]:visible")
    expect(refused).to_contain_text("เต็ม")
    form.go_on()
    phone.page.locator('[data-next]:not([aria-busy="true"])').wait_for()
    refused.wait_for()
    assert counts(phone)["waiting"] == 0
    expect(phone.page.locator('[name="house.description"]')).to_have_value("บ้านไม้หลังวัด")
    phone.picture("trouble-full")
    phone.is_accessible()
    make_room()
    entry = form.save()
    sent(phone, 1)
    assert held(village, entry)[0]["plain"]["payload"]["house"]["description"] == "บ้านไม้หลังวัด"
    keeps_every_promise(village)


def test_a_file_for_which_there_is_no_room_is_taken_in_not_at_all(village, phone, tmp_path):
    line = json.dumps({"v": 1, **{name: "0199f0a1-0000-7000-8000-00000000000b" for name in ("id", "device", "author")},
                       "seq": 1, "prev": "", "kid": "k", "enc": "AA", "ct": "A" * 100_000})  # fmt: skip
    lines = [line.replace("00000000000b", f"{n:012x}", 1) for n in range(40)]
    file = tmp_path / "queue.ndjson"
    file.write_text("\n".join(lines))
    phone.page.goto("/phone")
    leave_no_room(phone, village)
    phone.page.locator("#queue-file").set_input_files(file)
    expect(phone.page.locator("[data-take-in] [data-refused]:visible")).to_contain_text("ไม่มีที่ว่างพอ")
    assert counts(phone)["waiting"] == 0
