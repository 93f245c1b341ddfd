"""Giving access and taking it up: the QR page, the digits, the page that the link opens, and the passkey."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from db.models import Account, Enrolment, EnrolmentUse, Passkey
from pwa.domain.people import passkeys
from tests.people_fixtures import enrol, invite, sign_in
from tests.small_fund import MINUTE, NOW
from tests.soft_passkey import SoftPasskey

SAID = {"identity_check": "id_card", "reason": "First phone"}


def issue(client, settled_fund, **said):
    """Post the issuer's form for ยายบุญมา; returns (the answer, digits)."""
    answer = client.post("/enrolments/new", data={"person": str(settled_fund.bunma.id), **SAID, **said})
    digits = re.search(r"\b(\d{4} \d{4})\b", answer.text)
    return answer, digits and digits[1]


def test_opening_the_page_uses_nothing_up(settled_fund, site, page):
    issued = invite(settled_fund)
    for _ in range(3):
        page("/enrol?openExternalBrowser=1", site.browser())
    answer, passkey = enrol(site.browser(), issued.token)
    assert (answer.status_code, answer.location) == (303, "/")
    assert EnrolmentUse.get().enrolment == issued.enrolment
    assert Passkey.get().device_id is not None
    assert sign_in(site.browser(), passkey).status_code == 303


def test_only_the_post_that_verifies_uses_the_link_up(settled_fund, site):
    token, client = invite(settled_fund).token, site.browser()
    assert enrol(client, token, SoftPasskey(verified=False))[0].status_code == 422
    assert enrol(client, token, SoftPasskey("https://evil.example"))[0].status_code == 422
    client.post("/passkeys/options", data={"token": token})
    assert enrol(client, token)[0].status_code == 303
    assert enrol(client, token)[0].status_code == 422
    assert client.post("/passkeys/options", data={"token": token}).status_code == 422


def test_links_that_do_not_work_say_so(settled_fund, site):
    client, issued = site.browser(), invite(settled_fund)
    for token in ("", "nonsense", "0" * 8):
        assert client.post("/passkeys/options", data={"token": token}).status_code == 422
    site.clock.at = NOW + timedelta(days=1)
    answer = client.post("/passkeys/options", data={"token": issued.token}, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json["link"] == "/sign-in"


def test_a_registrar_shows_a_member_the_qr_code(settled_fund, site, page):
    registrar, member = site.browser("registrar"), site.browser()
    tree = page(f"/enrolments/new?person={settled_fund.bunma.id}", registrar)
    assert tree.find(".//input[@name='person']").get("value") == str(settled_fund.bunma.id)
    answer, digits = issue(registrar, settled_fund)
    assert answer.status_code == 200
    picture = re.search(r'src="(data:image/svg\+xml[^"]+)"', answer.text)[1]
    assert "style" not in picture
    assert enrol(member, digits)[0].status_code == 303
    account = Account.get(Account.person == settled_fund.bunma.id)
    [phone] = passkeys.of(account)
    assert (phone.given_by, phone.identity[0]) == ("registrar", "I have seen their ID card")


def test_the_answer_is_the_only_place_with_the_secret(settled_fund, site, page):
    registrar = site.browser("registrar")
    answer, digits = issue(registrar, settled_fund)
    address = re.search(r'data-address="([^"]+)"', answer.text)[1]
    tree = page(address, registrar)
    text = ElementTree.tostring(tree, encoding="unicode")
    assert digits not in text
    assert "data:image" not in text
    assert "registrar" in text


def test_the_fragment_for_htmx_is_part_of_the_page(settled_fund, site):
    whole, _ = issue(site.browser("registrar"), settled_fund)
    client = site.browser("registrar")
    client.environ_base["HTTP_HX_REQUEST"] = "true"
    part, digits = issue(client, settled_fund)
    assert digits
    assert "<html" in whole.text
    assert "<html" not in part.text


def test_the_digits_live_as_long_as_the_page(settled_fund, site):
    registrar = site.browser("registrar")
    answer, digits = issue(registrar, settled_fund)
    presence = re.search(r'data-presence="([^"]+)"', answer.text)[1]
    site.clock.at = NOW + 2 * MINUTE
    assert enrol(site.browser(), digits)[0].status_code == 422
    assert registrar.post(presence, data={"open": "yes"}).json == {"used": False}
    assert site.browser().post("/passkeys/options", data={"token": digits}).status_code == 200
    registrar.post(presence, data={"open": "no"})
    assert site.browser().post("/passkeys/options", data={"token": digits}).status_code == 422
    registrar.post(presence, data={"open": "yes"})
    assert enrol(site.browser(), digits)[0].status_code == 303
    assert registrar.post(presence, data={"open": "yes"}).json == {"used": True}
    assert site.browser("admin").post(presence).status_code == 404
    assert site.browser().post(presence).status_code == 401


def test_after_twenty_wrong_tries_digits_are_off_and_officers_are_told(settled_fund, site, page):
    _, digits = issue(site.browser("registrar"), settled_fund)
    link = invite(settled_fund).token
    guesser = site.browser()
    wrong = f"{(int(digits.replace(' ', '')) + 1) % 10**8:08d}"
    answers = [guesser.post("/passkeys/options", data={"token": wrong}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
    assert site.browser().post("/passkeys/options", data={"token": digits}).status_code == 429
    assert enrol(site.browser(), link)[0].status_code == 303
    admin = site.browser("admin")
    assert page("/accounts", admin).find(".//div[@class='banner banner--problem']") is not None
    site.clock.at = NOW + timedelta(hours=2)
    assert page("/accounts", admin).find(".//div[@class='banner banner--wait']") is not None


@pytest.mark.parametrize("said", [{"identity_check": ""}, {"identity_check": "king"}, {"reason": " "}])
def test_the_issuer_says_why_and_how_they_know(settled_fund, site, said):
    answer, digits = issue(site.browser("zone-leader"), settled_fund, **said)
    assert (answer.status_code, digits) == (422, None)
    assert not Enrolment.select().exists()


def test_a_volunteer_stands_beside_the_member(settled_fund, site, page):
    volunteer = site.browser("volunteer")
    assert (
        page(f"/enrolments/new?person={settled_fund.bunma.id}", volunteer).find(".//input[@name='beside']") is not None
    )
    assert issue(volunteer, settled_fund)[0].status_code == 422
    assert issue(volunteer, settled_fund, beside="yes")[0].status_code == 200


def test_it_is_not_for_everybody(settled_fund, site):
    who = f"person={settled_fund.bunma.id}"
    assert site.browser("other-zone-leader").get(f"/enrolments/new?{who}").status_code == 404
    assert issue(site.browser("other-zone-leader"), settled_fund)[0].status_code == 404
    assert site.browser().get(f"/enrolments/new?{who}").status_code == 303
    registrar = site.browser("registrar")
    admin = settled_fund.people["admin"].id
    for wrong in ("", "person=x", f"account={admin}", f"person={admin}", "account=" + "0" * 32):
        assert registrar.get(f"/enrolments/new?{wrong}").status_code == 404
    assert registrar.post("/enrolments/new", data={"account": str(admin), **SAID}).status_code == 404


def test_who_only_lives_there_is_refused(settled_fund, site):
    answer = site.browser("registrar").post("/enrolments/new", data={"person": str(settled_fund.neighbour.id), **SAID})
    assert answer.status_code == 422


def test_an_owner_says_not_me(settled_fund, site, page):
    client, stranger = site.browser(), site.browser()
    enrol(client, invite(settled_fund).token)
    enrol(stranger, invite(settled_fund).token)
    theirs = Passkey.select().order_by(Passkey.id.desc()).get()
    assert site.browser("admin").post(f"/passkeys/{theirs.id}/disowning").status_code == 404
    answer = client.post(f"/passkeys/{theirs.id}/disowning")
    assert (answer.status_code, answer.location) == (303, "/me")
    assert stranger.get("/enrolments/new").status_code == 303, "signed out"
    assert client.get("/enrolments/new").status_code == 404, "still signed in"
    told = ElementTree.tostring(page("/accounts", site.browser("admin")), encoding="unicode")
    assert f"/accounts/{settled_fund.people['volunteer'].id}" in told
