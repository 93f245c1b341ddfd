"""Making passkeys and signing in with them: whatever is not exactly right is refused, and no challenge serves twice."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from db.models import EnrolmentUse, FailedTry, Passkey, UsedChallenge
from pwa.domain import Refusal
from pwa.domain.crypto.keyring import unb64url
from pwa.domain.people import ceremonies, limits, passkeys
from tests.people_fixtures import ORIGIN, invite
from tests.small_fund import MINUTE, NOW
from tests.soft_passkey import SoftPasskey

HERE = {"origin": ORIGIN, "address": "203.0.113.7"}
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)


def made(settled_fund, passkey=None, *, at=NOW, answered=None, handle="volunteer"):
    passkey = passkey or SoftPasskey()
    enrolment = invite(settled_fund, handle, at=at).enrolment
    options = ceremonies.registration_options(enrolment, origin=ORIGIN, at=at)
    ceremonies.register(enrolment, passkey.make(options), at=answered or at, agent=ANDROID, **HERE)
    return passkey


def asked(at=NOW):
    return ceremonies.authentication_options(origin=ORIGIN, at=at)


def verify(credential, at=NOW):
    return ceremonies.verify(credential, at=at, **HERE)


def test_the_options_are_what_browsers_read(settled_fund):
    options = ceremonies.registration_options(invite(settled_fund).enrolment, origin="https://fund.example", at=NOW)
    assert options["rp"] == {"id": "fund.example", "name": "Ombun ออมบุญ"}
    assert unb64url(options["user"]["id"]) == settled_fund.people["volunteer"].id.bytes
    wanted = {"residentKey": "required", "requireResidentKey": True, "userVerification": "required"}
    assert options["authenticatorSelection"] == wanted
    assert options["extensions"] == {"prf": {}, "credProps": True}
    options = ceremonies.authentication_options(origin=ORIGIN, at=NOW)
    assert (options["rpId"], options["userVerification"]) == ("localhost", "required")
    assert (options["allowCredentials"], options["extensions"]) == ([], {"prf": {}})


def test_it_makes_a_passkey_and_signs_in_with_it(settled_fund):
    passkey = made(settled_fund)
    known = verify(passkey.use(asked()))
    assert known.account == settled_fund.people["volunteer"]
    assert known.label == "Android · Chrome"
    assert verify(passkey.use(asked(NOW + MINUTE)), at=NOW + MINUTE) == known
    assert Passkey.get().used_at == NOW + MINUTE


def test_an_account_has_thirty_passkeys(settled_fund):
    phones = [made(settled_fund) for _ in range(31)]
    assert len(passkeys.of(settled_fund.people["volunteer"])) == 31
    for phone in (phones[0], phones[-1]):
        verify(phone.use(asked()))
    options = ceremonies.registration_options(invite(settled_fund).enrolment, origin=ORIGIN, at=NOW)
    assert len(options["excludeCredentials"]) == 31


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://evil.example"}, {"origin": "http://localhost:81"}, {"verified": False}]
)
def test_it_refuses_another_origin_and_a_closed_screen_lock(settled_fund, wrong):
    with pytest.raises(Refusal, match="verified"):
        made(settled_fund, SoftPasskey(**{"origin": ORIGIN, **wrong}))
    assert not EnrolmentUse.select().exists(), "the link is still good"
    passkey = made(settled_fund)
    passkey.__dict__.update(wrong)
    with pytest.raises(Refusal, match="verified"):
        verify(passkey.use(asked()))


def test_a_challenge_serves_once(settled_fund):
    passkey = made(settled_fund)
    answer = passkey.use(asked())
    verify(answer)
    with pytest.raises(Refusal, match="used already"):
        verify(answer)
    assert UsedChallenge.select().count() == 2


def test_a_registration_serves_once(settled_fund):
    enrolment, other = invite(settled_fund).enrolment, invite(settled_fund).enrolment
    answer = SoftPasskey().make(ceremonies.registration_options(enrolment, origin=ORIGIN, at=NOW))
    ceremonies.register(enrolment, answer, at=NOW, **HERE)
    for again in (enrolment, other):
        with pytest.raises(Refusal):
            ceremonies.register(again, answer, at=NOW, **HERE)
    assert Passkey.select().count() == 1


def test_a_challenge_is_valid_for_five_minutes(settled_fund):
    made(settled_fund, answered=NOW + 5 * MINUTE)
    with pytest.raises(Refusal, match="five minutes"):
        made(settled_fund, answered=NOW + 5 * MINUTE + timedelta(milliseconds=1))
    passkey = made(settled_fund)
    with pytest.raises(Refusal, match="five minutes"):
        verify(passkey.use(asked()), at=NOW + 6 * MINUTE)


def test_a_challenge_of_our_own_making_is_needed_and_for_this_purpose(settled_fund):
    passkey = made(settled_fund)
    invented = asked() | {"challenge": "A" * 76}
    for_registration = ceremonies.registration_options(invite(settled_fund).enrolment, origin=ORIGIN, at=NOW)[
        "challenge"
    ]
    for options in (invented, asked() | {"challenge": for_registration}, asked() | {"challenge": ""}):
        with pytest.raises(Refusal, match="verified"):
            verify(passkey.use(options))


def test_it_refuses_a_forged_signature_and_somebody_elses_handle(settled_fund):
    passkey, other = made(settled_fund), made(settled_fund, handle="admin")
    with pytest.raises(Refusal, match="verified"):
        verify(passkey.use(asked(), key=ec.generate_private_key(ec.SECP256R1())))
    passkey.handle = other.handle
    with pytest.raises(Refusal, match="verified"):
        verify(passkey.use(asked()))


def test_it_refuses_a_counter_that_goes_back(settled_fund):
    passkey = made(settled_fund, SoftPasskey(counts=True))
    verify(passkey.use(asked()))
    passkey.count = 0
    with pytest.raises(Refusal, match="verified"):
        verify(passkey.use(asked()))


def test_it_refuses_an_unknown_and_a_revoked_passkey(settled_fund):
    with pytest.raises(Refusal, match="not known"):
        verify(SoftPasskey().use(asked()))
    passkey = made(settled_fund)
    passkeys.revoke(Passkey.get(), by=settled_fund.people["admin"], at=NOW, reason="หาย")
    with pytest.raises(Refusal, match="not known"):
        verify(passkey.use(asked()))


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "{}", "null", "1", '{"id":1}', '{"id":"x","response":[]}', '{"id":"x","response":{"clientDataJSON":"e30"}}',
     '{"id":"ก","rawId":"ก","type":"public-key","response":{"clientDataJSON":"W10"}}', "[" * 100_000],
)  # fmt: skip
def test_it_refuses_what_is_no_credential(settled_fund, credential):
    for attempt in (
        lambda: verify(credential),
        lambda: ceremonies.register(invite(settled_fund).enrolment, credential, at=NOW, **HERE),
    ):
        with pytest.raises(Refusal):
            attempt()


def test_it_refuses_broken_parts_of_a_good_credential(settled_fund):
    passkey = made(settled_fund)
    for part in ("authenticatorData", "signature", "userHandle"):
        for broken in ("", "A", "!!", 7, None if part != "userHandle" else "AAAA"):
            answer = json.loads(passkey.use(asked()))
            answer["response"][part] = broken
            if part == "userHandle" and broken == "":
                continue
            FailedTry.delete().execute()
            with pytest.raises(Refusal):
                verify(json.dumps(answer))


def test_failures_stop_one_credential_only(settled_fund):
    passkey, other = made(settled_fund), made(settled_fund)
    passkey.verified = False
    for _ in range(limits.PER_THING):
        with pytest.raises(Refusal, match="verified"):
            verify(passkey.use(asked()))
    passkey.verified = True
    with pytest.raises(limits.TooMany):
        verify(passkey.use(asked()))
    verify(other.use(asked()))
    verify(passkey.use(asked(NOW + 6 * MINUTE)), at=NOW + 6 * MINUTE)
