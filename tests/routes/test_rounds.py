"""Today's round comes as an empty shell; what it shows is the phone's own."""

import pytest


@pytest.mark.parametrize("handle", ["volunteer", "registrar", "treasurer"])
def test_it_is_the_same_shell_for_everybody_who_works_here(page, client_as, handle):
    tree = page("/round", client_as(handle))
    assert tree.findtext(".//h1") == "รอบวันนี้"
    groups = [node.get("data-list") for node in tree.iter() if node.get("data-list")]
    assert groups == ["found", "unclaimed", "fresh", "again", "done", "rest"]
    hidden = [node for node in tree.iter() if {"data-round", "data-locked", "data-no-kit"} & set(node.keys())]
    assert len(hidden) == 3 and all(node.get("hidden") is not None for node in hidden)


def test_as_a_shell_it_names_nobody(client_as):
    volunteer = client_as("volunteer")
    answer = volunteer.get("/round", headers={"Ombun-Shell": "1"})
    assert answer.status_code == 200
    assert volunteer.account.name not in answer.text and "data-account" not in answer.text


def test_the_volunteers_home_leads_there(page, client_as):
    links = [node.get("href") for node in page("/", client_as("volunteer")).iter()]
    assert "/round" in links
