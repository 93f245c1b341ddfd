"""What is open and what is closed to somebody who looks around the demo village without a key, on all routes; and the red band."""

import re
import uuid
from html import unescape

import pytest

from pwa.domain.people import accounts
from tests.conftest import look_over
from tests.routes.test_access_matrix import FORM, HANDLES, address, routes

pytestmark = pytest.mark.only("sqlite")
SHELLS = ("/households/new", "/phone", "/saved", "/kit", "/round", "/me", "/corrections")
THING = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")
LINK = re.compile(r'href="(/[^"#]*)"')
CLOSED_PAGES = {"accounts.new", "enrolments.new", "enrolments.show", "foundings.index", "foundings.step"}
OPEN = {
    "admissions.confirm", "admissions.resolve", "admissions.take_back", "admissions.take_one_back",
    "assignments.end", "audits.draw", "audits.write", "assignments.give",
    "cash.limit", "cash.name_branch", "cash.settle", "cash.write_bank", "collections.approve",
    "batch_payments.pay", "batches.begin", "batches.confirm", "batches.leave_out", "batches.propose",
    "claim_reviews.confirm", "claim_reviews.propose", "claim_reviews.urge",
    "claims.confirm", "claims.reopen", "collections.approve_handover", "custody.bring_in",
    "agenda_items.confirm", "agenda_items.resolve", "appeals.note", "appeals.take_up", "appeals.tell",
    "meetings.attend", "meetings.begin", "minutes.remark",
    "meetings.confirm", "meetings.propose", "payments.bring_back", "payments.hold", "payments.pay", "payments.receive", "payments.release",
    "payments.repay",
    "rule_drafts.add", "rule_drafts.begin", "rule_drafts.remove", "rule_drafts.save", "rule_drafts.try_out",
    "rule_runs.begin", "rule_runs.step", "rule_proposals.confirm", "rule_proposals.decline", "rule_proposals.propose",
    "reopenings.begin", "reopenings.countersign", "reopenings.enter", "reopenings.sign",
    "sendings.attempt", "sendings.write",
    "handovers.agree", "handovers.close", "handovers.note_count", "handovers.offer", "handovers.take",
    "language.choose", "memberships.act", "memberships.choose_plan",
    "memberships.undo", "network.accept", "network.bring", "notices.tell", "numbers.put_key", "numbers.register_device", "office_changes.begin",
    "office_changes.sign", "openings.undo", "openings.write",
    "passkeys.create", "passkeys.options",
    "quarantine.accept", "quarantine.send_back", "quarantine.set_all_aside", "quarantine.set_aside", "quarantine.take_all_back",
    "quarantine.take_back", "reports.receive", "review.approve", "review.reject", "review.send_back", "review.take_back", "review.undo",
    "second_looks.draw", "second_looks.look", "second_looks.take_back", "session.create", "session.end", "session.options",
    "statements.add", "statements.match", "statements.undo", "sync.put_blob", "sync.receive", "trials.create", "trials.offer", "undoings.answer",
    "vouchers.undo", "vouchers.write",
}  # fmt: skip
"""Recording and deciding, coming and going. A new route that writes is closed until it says so, and is added here on purpose."""


NUMBERS = ("passkey_id", "session_id", "grant_id", "application_id", "import_id")
NAMES = {
    "fund_code": "F2",
    "sha256": "0" * 64,
    "report_hash": "0" * 64,
    "form": "household@1",
    "version": "x",
    "name": "app.css",
}
VALUES = dict.fromkeys(NUMBERS, 1) | NAMES
SOME_ID = uuid.UUID(int=1)
OTHERS = [handle for handle in HANDLES if handle != "admin"]


@pytest.mark.parametrize("handle", ["admin", *(pytest.param(one, marks=pytest.mark.slow) for one in OTHERS)])
def test_every_route_is_closed_that_does_not_say_otherwise(app, looking, handle):
    client, wrong = looking(handle), []
    shut = {"HTTP_ACCEPT": "application/json"}
    for endpoint, _, method, rule in routes(app):
        is_closed = endpoint in CLOSED_PAGES if method == "GET" else endpoint not in OPEN
        if endpoint == "session.end" or (not is_closed and method != "GET"):
            continue
        path = address(app, rule, {name: VALUES.get(name, SOME_ID) for name in rule.arguments})
        answer = client.open(path, method=method, data=FORM if method == "POST" else None, environ_overrides=shut)
        if is_closed != (answer.status_code == 403):
            wrong.append((endpoint, method, answer.status_code))
    assert wrong == []


def test_who_signed_in_with_a_key_is_not_held(client_as):
    admin = client_as("admin")
    assert [admin.get(path).status_code for path in ("/accounts/new", "/backups")] == [200, 200]


def test_a_file_to_keep_is_closed_whatever_made_it(app, looking, client_as):
    def file():
        return app.response_class("secret", headers={"Content-Disposition": "attachment; filename=x.backup"})

    was = app.view_functions["backups.index"]
    file.access = was.access
    app.view_functions["backups.index"] = file
    try:
        assert client_as("admin").get("/backups").text == "secret"
        answer = looking("admin").get("/backups")
        assert (answer.status_code, "secret" in answer.text) == (403, False)
    finally:
        app.view_functions["backups.index"] = was
    assert looking("admin").get("/dictionary.csv").status_code == 200, "what everybody may read is no secret"


def test_the_refusal_says_why(looking):
    tree = look_over(looking("admin").get("/accounts/new").text)
    assert "กุญแจผ่าน" in "".join(tree.itertext())


@pytest.mark.slow
@pytest.mark.parametrize("handle", HANDLES)
def test_the_red_band_stands_on_every_page_and_its_print(looking, handle):
    """Whatever a link leads to, for everybody, as the phone keeps it too."""
    client, queue, met, without = looking(handle), ["/", *SHELLS, "/me", "/enrol", "/sign-in", "/nothing"], set(), []
    while queue:
        path = queue.pop(0)
        kind = THING.sub("*", path.partition("?")[0])
        if kind in met or path.startswith(("/static/", "/sync/", "/forms/", "/dictionary.csv", "/manifest")):
            continue
        met.add(kind)
        answer = client.get(path, follow_redirects=True)
        if answer.mimetype == "text/html":
            look_over(answer.text)
            if answer.text.count('class="trial"') != 1 or "data-closed" not in answer.text:
                without.append(path)
            queue += [unescape(link) for link in LINK.findall(answer.text)]
    assert len(met) > 8 and without == []
    kept = client.get("/households/new", headers={"Ombun-Shell": "1"})
    assert kept.text.count('class="trial"') == 1


def test_a_members_paper_carries_the_band(looking):
    client = looking("registrar")
    member = accounts.named("member").person
    assert client.get(f"/members/{member}/paper").text.count('class="trial"') == 1


def test_nobody_else_sees_a_band(client, client_as):
    for one in (client, client_as("volunteer")):
        assert 'class="trial"' not in one.get("/").text
