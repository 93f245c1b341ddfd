"""One phone and a pretended office: the phone's own modules are tried here, each rule of the protocol by itself."""

import pytest

from tests.browser.modules import MODULE_OF
from tests.browser.phone.office import Office
from tests.browser.phones import FLAGS, HEADLESS, Phone

SETUP = """async (account) => {
  const [{ boot, put }, { remember }, { fetchKeys }, { takeNumber }] = await Promise.all(
    ["store", "keys", "server", "number"].map((name) => import(moduleOf(name))));
  await boot();
  await remember({ account, name: "สมศรี" });
  await fetchKeys();
  await takeNumber();
  await put("meta", Date.now(), "asked");
}"""


@pytest.fixture(scope="session")
def browser(playwright):
    started = playwright.chromium.launch(executable_path=HEADLESS, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def office():
    opened = Office()
    yield opened
    opened.close()


@pytest.fixture
def context(browser, office):
    made = browser.new_context(base_url=office.origin, timezone_id="Asia/Bangkok", locale="th-TH")
    made.add_init_script(MODULE_OF)
    yield made
    made.close()


@pytest.fixture
def page(context):
    """A page of our origin on a phone where nobody has signed in."""
    opened = context.new_page()
    opened.goto("/bare")
    return opened


@pytest.fixture
def ready(page, office):
    """A page on a phone that is ready to work: somebody is remembered, keys and number are there."""
    page.evaluate(SETUP, office.account)
    return page


@pytest.fixture
def sturdy(playwright, office, tmp_path):
    """A phone with a profile on disk and a screen lock, whose battery can be taken out."""
    phone = Phone(playwright, office.origin, tmp_path / "phone")
    phone.page.goto("/bare")
    yield phone
    phone.close()
