"""A villager's phone: Chromium at 360 by 740 in Thai, with a screen lock, that can lose its power at any moment."""

import contextlib
import os
import re
import shutil
import signal
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.browser.modules import MODULE_OF
from tests.browser.passkeys import Passkeys

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium")
# The same browser without a desktop around it asks 40 % less of the machine; it keeps no history and no sessions.
HEADLESS = shutil.which("chromium-headless-shell") or CHROMIUM
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A network that is cut is part of many stories; everything else in the console is an error.
EXPECTED = re.compile(r"net::ERR_")
PATIENCE_S = 90
"""What a story waits for comes in seconds where it is quiet; on a busy machine a phone may pause for 37 s after a try that failed, and try again."""
TOO_WIDE = """() => {
  const screen = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= screen) return [];
  const edge = (one) => Math.round(one.getBoundingClientRect().right);
  const wide = [...document.querySelectorAll("body *")].filter((one) => edge(one) > screen + 1);
  return ["page", ...wide.slice(0, 8).map((one) => `${one.tagName.toLowerCase()}.${one.className} ${edge(one)}px`)];
}"""


class Phone:
    """One browser profile on disk. `page` is the tab in front; `scripts` run in every page, also after a restart; `errors` fail
    the test unless `expects` allows them."""

    def __init__(
        self,
        playwright,
        origin,
        profile,
        *,
        browser=HEADLESS,
        locale="th-TH",
        width=360,
        height=740,
        text_scale=1,
        passkeys=None,
    ):
        self.playwright, self.origin, self.profile, self.browser = playwright, origin, Path(profile), browser
        self.locale, self.screen, self.text_scale = locale, {"width": width, "height": height}, text_scale
        self.passkeys = passkeys or Passkeys()
        self.errors, self.allowed = [], [EXPECTED]
        self.context, self.scripts, self._cookies = None, [MODULE_OF], []
        self.start()

    def start(self):
        """Open the browser on its profile, with the passkeys and cookies it had."""
        # Readers who need large letters set the browser's own text size, so rem and em in media queries grow with it.
        scale = [f"--blink-settings=defaultFontSize={round(16 * self.text_scale)}"] if self.text_scale != 1 else []
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.browser,
            args=[*FLAGS, *scale],
            base_url=self.origin,
            viewport=self.screen,
            locale=self.locale,
            timezone_id="Asia/Bangkok",
        )
        self.context.set_default_timeout(PATIENCE_S * 1000)
        self.context.add_cookies([cookie for cookie in self._cookies if not self._has(cookie)])
        for script in self.scripts:
            self.context.add_init_script(script)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.errors.append(f"{error.page and error.page.url}: {error.error}"))
        self.passkeys.unlock(self.context)
        self.page = self.context.pages[0]
        self.passkeys.attach(self.page)

    def tab(self):
        """Open another tab and bring it to the front."""
        self.page = self.context.new_page()
        self.passkeys.attach(self.page)
        return self.page

    def close(self):
        """Close the browser in peace."""
        if self.context:
            self.context.close()
            self.context = None

    def kill9(self):
        """Take the battery out: kill -9 every process of this profile.

        Chromium keeps a new cookie off the disk for half a minute; ours count as older than that.
        """
        self._cookies = self.context.cookies()
        for process in processes_of(self.profile):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_until(lambda: not processes_of(self.profile))
        with contextlib.suppress(Error):
            self.context.close()
        self.context = self.page = None
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()

    def restart(self):
        """Take the battery out and switch on again."""
        self.kill9()
        self.start()

    def enrol(self, link):
        """Open a one-time link and make this phone's passkey."""
        self.page.goto(link)
        self.page.locator("[data-enrol]").click()
        self.page.wait_for_url(re.compile(r"^(?!.*/enrol)"))

    def sign_in(self):
        """Sign in with the passkey that this phone holds."""
        self.page.goto("/sign-in")
        self.page.locator("[data-sign-in]").click()
        self.page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))

    def until(self, condition, argument=None, timeout=PATIENCE_S):
        """Wait until a JavaScript function, or a Python one, gives something; return it. Works under the CSP."""

        def tried():
            try:
                return self.page.evaluate(condition, argument)
            except Error as error:
                if "context was destroyed" in str(error) or "navigation" in str(error):
                    return None
                raise

        asked = condition if callable(condition) else tried
        return wait_until(asked, timeout, pause=lambda: self.page.wait_for_timeout(40))

    def worker_ready(self):
        """Wait until the worker serves this page, so that the next start may be without a network."""
        self.until("async () => (await navigator.serviceWorker.ready).active.state === 'activated'")
        if not self.page.evaluate("() => navigator.serviceWorker.controller"):
            self.page.reload()  # it was being fetched while the worker took over
        self.until("() => navigator.serviceWorker.controller !== null")

    def expects(self, pattern):
        """Allow console errors that match: the story provokes them."""
        self.allowed.append(re.compile(pattern))

    def unexpected(self):
        """Return the errors that no story explains."""
        return [error for error in self.errors if not any(pattern.search(error) for pattern in self.allowed)]

    def fits(self):
        """The page never scrolls sideways."""
        assert self.page.evaluate(TOO_WIDE) == [], f"{self.page.url} is wider than the screen"

    def is_accessible(self):
        """axe finds nothing."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"

    def picture(self, name):
        """Save a screenshot into the folder OMBUN_SHOTS names, if it names one."""
        if folder := os.environ.get("OMBUN_SHOTS"):
            self.page.evaluate("() => document.fonts.ready.then(() => true)")
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=False)

    def _has(self, cookie):
        return any(one["name"] == cookie["name"] for one in self.context.cookies(self.origin))

    def _hear(self, message):
        if message.type == "error":
            self.errors.append(f"{message.location.get('url', '')}: {message.text}")


def wait_until(condition, timeout=PATIENCE_S, pause=lambda: time.sleep(0.04)):
    """Ask again until the answer is true; return it."""
    deadline = time.monotonic() + timeout
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"waited {timeout} s in vain for {condition}"
        pause()
    return answer


def processes_of(profile):
    """Return the ids of the browser processes on this profile."""
    mark = f"--user-data-dir={profile}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "cmdline").read_bytes() + b"\0":
                found.append(int(folder.name))
    return found
