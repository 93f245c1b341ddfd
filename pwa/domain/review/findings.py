"""Everything that the machine finds in an entry before a person decides: how it came, and what its kind is looked at for."""

from pwa.domain.review import effects, machine_checks

ORDER = ("problem", "wait", "done")


def of(one, record, around):
    """[machine_checks.Check] about an entry (submissions.Opened) beside the household's record; what is wrong comes first.

    Of an erased one there is only how it came.
    """
    found = [*machine_checks.of_journey(one, around)]
    if one.says.payload is not None:
        found += effects.of(one.opening.kind).checks(one, record, around)
    return sorted(found, key=lambda check: ORDER.index(check.kind))
