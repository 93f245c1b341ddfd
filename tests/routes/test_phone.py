"""The pages about this phone: open to whoever holds it, filled in by the phone, empty as they come from us."""

import pytest


@pytest.mark.parametrize("path", ["/phone", "/saved"])
def test_it_opens_without_a_session(client, page, path):
    tree = page(path, client)
    assert tree.find(".//noscript") is not None


def test_it_claims_nothing_that_the_phone_has_not_said(client, page):
    shown = [node for node in page("/phone", client).iter() if node.get("data-shield")]
    assert len(shown) == 3 and all(node.get("hidden") is not None for node in shown)
    assert "บันทึกในเครื่องแล้ว" not in page("/saved", client).findtext(".//h1")


def test_it_offers_signing_out_by_a_plain_form(client_as, page):
    forms = {form.get("action"): form.get("method") for form in page("/phone", client_as("volunteer")).iter("form")}
    assert forms["/session/end"] == "post"


def test_a_plain_member_is_not_shown_what_records_need(client_as, page):
    """Sealed files and wiping lie behind one line that is closed; a volunteer has them in the page."""
    for handle, inside in (("member", True), ("volunteer", False)):
        tree = page("/phone", client_as(handle))
        folded = [one for one in tree.iter("details") if one.get("data-inside") is not None]
        assert bool(folded) == inside
        within = {id(node) for one in folded for node in one.iter()}
        parts = [node for node in tree.iter() if node.get("data-shield") or node.get("data-export") is not None]
        assert parts and all((id(node) in within) == inside for node in parts)
        assert all(one.get("open") is None for one in folded)
