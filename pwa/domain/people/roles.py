"""What each role may do: the one table. A module that guards a right asks it by its word, and a page says who enters by the same.

The right is on the unit of the grant and everything below it (places.units); whether it has begun is for places.grants to know.
"""

MAY = {
    "member": "",
    "volunteer": "record send take-assignments see-households see-members tell show-way-in",
    "zone_leader": "record send check look-again read-looks assign see-households see-members see-custody see-phones tell"
    " show-way-in open-access confirm watch print-member",
    "registrar": "record send decide-next oversee look-again read-looks assign see-households see-members see-custody see-all-custody tell"
    " show-way-in open-access admit confirm watch erase see-backups print-member",
    "treasurer": "send see-members confirm watch",
    "committee": "read-looks see-members confirm watch",
    "auditor": "read-looks see-members watch see-backups",
    "network": "oversee look-again read-looks",
    "province": "",
    "admin": "see-custody see-all-custody see-phones show-way-in manage confirm watch erase see-backups",
}
"""record: households at the door. send: entries of any kind. check: decide on entries. decide-next: where no leader may or does;
oversee: what nobody below may.
look-again, read-looks: audit samples. assign, take-assignments: who goes where. see-custody: lines, gaps and quarantine below; of
every fund with see-all-custody. tell: people that their data is kept. show-way-in, open-access: for members. confirm: as second
officer; watch: what waits for one. manage: accounts and phones."""


def may(*rights: str) -> tuple[str, ...]:
    """The roles with any of these rights, in the order of the table. Raises KeyError for a right that nobody has."""
    found = tuple(role for role, words in MAY.items() if {*rights} & {*words.split()})
    if not found:
        raise KeyError(rights)
    return found
