"""Replacing an entry: by its own author only, in any order of arrival, the later seat counting."""

import uuid

from pwa import web
from pwa.domain.custody import replacements, states
from pwa.domain.custody.phones import Phone
from pwa.domain.kinds import forms
from pwa.domain.people import accounts


def phone(handle="volunteer"):
    return Phone(accounts.named(handle), at=web.system_clock())


def record(phone, subject, replaces=None):
    example = forms.schema("household@1")["examples"][0]
    return phone.record("household", example, at=web.system_clock(), subject=subject, replaces=replaces)


def test_a_chain_of_replacements_ends_in_the_newest(app):
    mine, subject = phone(), uuid.uuid4()
    first = record(mine, subject)
    second = record(mine, subject, replaces=first.entry_id)
    third = record(mine, subject, replaces=second.entry_id)
    assert replacements.newest_for(first).id == third.id
    assert [states.of(row) for row in (first, second, third)] == ["replaced", "replaced", "received"]


def test_one_author_on_two_phones_may_replace(app):
    subject = uuid.uuid4()
    first = record(phone(), subject)
    second = record(phone(), subject, replaces=first.entry_id)
    assert second.outcome == "received"
    assert states.of(first) == "replaced"


def test_only_the_author_may(app):
    entry = record(phone(), uuid.uuid4())
    assert replacements.allowed(entry.author, entry.entry_id)
    assert not replacements.allowed(accounts.named("volunteer-2").id, entry.entry_id)
    assert replacements.allowed(uuid.uuid4(), uuid.uuid4())


def test_what_is_not_approved_keeps_its_own_base(app):
    entry = record(phone(), uuid.uuid4())
    assert replacements.base_version(entry.entry_id, 7) == 7
    assert replacements.base_version(None, None) is None
