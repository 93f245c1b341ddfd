"""/month-reports: a month from draft to file, agreed to by two on devices of their own, after what an outsider could find out."""

import pytest

from db.models import Fund, ReportAgreement, ReportDraft, ReportIssue
from pwa import web
from pwa.domain.network import keys, month_reports, report_files, verifying
from pwa.domain.people import accounts
from tests import report_reader

PERIOD = "2026-09"
ADDRESS = f"/month-reports/F1/{PERIOD}"


@pytest.fixture
def officers(app, client_as):
    """The browsers of a treasurer and an auditor of the fund, which has a key."""
    keys.new("F1", last=None, at=web.system_clock())
    return client_as("treasurer"), client_as("auditor")


def drafted(client):
    assert client.post(ADDRESS).status_code == 303
    return ReportDraft.select().order_by(ReportDraft.id.desc()).first().sha256


def agree(client, sha256):
    return client.post(f"{ADDRESS}/agreement", data={"sha256": sha256})


def test_two_agree_one_after_the_other_and_the_second_ones_word_signs(officers):
    first, second = officers
    sha256 = drafted(first)
    assert "คนนอกอาจรู้อะไรได้บ้าง" in first.get(ADDRESS).text and "เห็นชอบ</button>" in first.get(ADDRESS).text
    assert agree(first, sha256).status_code == agree(first, sha256).status_code == 303
    assert ReportAgreement.select().count() == 1 and not ReportIssue.select().exists()
    assert "รอเจ้าหน้าที่อีกคน" in first.get(ADDRESS).text and f"{ADDRESS}/agreement" not in first.get(ADDRESS).text
    assert agree(second, sha256).status_code == agree(second, sha256).status_code == 303
    [issue] = ReportIssue.select()
    file = second.get(f"{ADDRESS}?file=report")
    assert file.data == bytes(issue.file) and f"F1-{PERIOD}" in file.headers["Content-Disposition"]
    report = report_files.read(file.data)
    assert verifying.faults(report, keys.trusted()) == [] and report.header["agreed"] == ["treasurer", "auditor"]
    header, cells, body, lines = report_reader.opened(file.data)
    assert report_reader.is_signed(header, body, lines, keys.trusted("F1")[0].text)
    report_reader.adds_up(header, cells)
    assert [one.how for one in ReportAgreement.select()] == ["page", "page"]


def test_a_signed_month_prints_with_a_code_that_a_camera_can_take(officers):
    for client in officers:
        agree(client, drafted(client))
    [issue] = ReportIssue.select()
    slip = month_reports.slip(issue)
    assert len(slip) <= 400 and slip.split("|")[:5] == ["ombun-slip@1", "F1", PERIOD, "1", issue.sha256]
    paper = officers[0].get(f"{ADDRESS}?file=print").text
    assert "data:image/svg" in paper and issue.sha256 in paper


def test_one_person_is_not_two_and_a_stranger_finds_nothing(officers, client_as):
    sha256 = drafted(officers[0])
    agree(officers[0], sha256)
    for handle in ("treasurer-2", "auditor-2", "network", "admin"):
        other = client_as(handle)
        assert other.get(ADDRESS).status_code == agree(other, sha256).status_code == 404
    assert ReportAgreement.select().count() == 1


def test_another_draft_than_the_one_on_the_screen_is_not_agreed_to(app, officers):
    sha256 = drafted(officers[0])
    assert agree(officers[0], "0" * 64).status_code == 404
    stale = ReportDraft.get(ReportDraft.sha256 == sha256)
    body = bytes(stale.body).replace("ทุ่งสว่าง".encode(), "ทุ่งมืด".encode())
    about = dict(unit="F1", fund=stale.fund, period=PERIOD, workings=stale.workings, position=stale.position)
    newer = ReportDraft.create(sha256="1" * 64, body=body, at=web.system_clock(), **about)
    assert agree(officers[0], sha256).status_code == 404
    assert agree(officers[0], newer.sha256).status_code == 422
    assert not ReportAgreement.select().exists()
    last = ReportDraft.select().order_by(ReportDraft.id.desc()).first().sha256
    assert last not in (sha256, newer.sha256) and last in officers[0].get(ADDRESS).text
    assert agree(officers[0], last).status_code == 303 and ReportAgreement.select().count() == 1


def test_drafting_twice_at_one_moment_opens_the_same_draft_and_what_changed_meanwhile_a_newer_one(app, officers):
    now = web.system_clock()
    app.config["CLOCK"] = lambda: now
    sha256 = drafted(officers[0])
    assert drafted(officers[1]) == sha256 and ReportDraft.select().count() == 1
    fund = ReportDraft.get().fund
    for name in ("กองทุนอื่น", fund.name):
        Fund.update(name=name).where(Fund.id == fund.id).execute()
        assert drafted(officers[0]) in officers[0].get(ADDRESS).text
    assert ReportDraft.select().count() == 3 and drafted(officers[0]) != sha256


@pytest.mark.parametrize(
    "address", ["/month-reports/F1/2999-01", "/month-reports/F1/2026-13", "/month-reports/X/2026-09"]
)
def test_a_month_that_is_none_makes_no_draft(officers, address):
    assert officers[0].post(address).status_code in (404, 422)
    assert not ReportDraft.select().exists()
    assert officers[0].get(address).status_code == 404


def test_the_list_shows_each_month_where_it_stands(officers):
    first, _ = officers
    assert "ทำร่าง" in first.get("/month-reports").text
    newest = month_reports.own(accounts.named("treasurer"), today=web.system_clock().date())[0].months[0][0]
    first.post(f"/month-reports/F1/{newest}")
    assert "ยังไม่มีใครเห็นชอบ" in first.get("/month-reports").text
