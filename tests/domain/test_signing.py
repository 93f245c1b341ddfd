"""What is known of a number: its key, and where it ends."""

from pwa.domain.people import devices, signing
from tests import small_fund
from tests.small_fund import NOW


def test_a_new_number_has_no_key_and_no_end(settled_fund):
    device = devices.register(at=NOW)
    assert signing.key_of(device.id) is None
    assert signing.standing(device.id) == signing.Standing()


def test_a_key_is_told_with_its_first_line_and_its_day(settled_fund):
    phone = small_fund.phone(settled_fund)
    public, from_seq, at = signing.key_of(phone.device.id)
    assert (from_seq, at) == (1, NOW) and len(public) == 87
