"""The page on which contributions are taken: a shell that names nobody, for whoever works here."""

import pytest


@pytest.mark.parametrize("handle", ["volunteer", "treasurer", "zone-leader"])
def test_the_page_is_a_shell_with_its_sentences(client_as, page, handle):
    client = client_as(handle)
    tree = page("/collections/new", client)
    kept = client.get("/collections/new", headers={"Ombun-Shell": "1"}).get_data(as_text=True)
    assert client.account.name not in kept and str(client.account.id) not in kept
    texts = {one.get("data-text") for one in tree.iter() if one.get("data-text")}
    assert {"sum-fraction", "rule-no_slip", "kind-contribution", "error-no-book", "if-passed"} <= texts


def test_who_collects_by_office_finds_it_from_home(client_as):
    assert b'href="/collections/new"' in client_as("treasurer").get("/").data
    assert b'href="/collections/new"' not in client_as("registrar").get("/").data
