"""What each role may do: the one table. A module that guards a right asks it by its word, and a page says who enters by the same.

The right is on the unit of the grant and everything below it (places.units); whether it has begun is for places.grants to know.
"""

MAY = {
    "member": "",
    "volunteer": "record collect send take-assignments see-households see-members tell show-way-in",
    "zone_leader": "record collect collect-by-office send check check-money check-voids look-again read-looks assign see-households"
    " see-members see-custody see-phones tell show-way-in open-access confirm watch print-member see-rights"
    " see-money see-claims",
    "registrar": "record send check-voids decide-next oversee look-again read-looks assign see-households see-members see-custody"
    " see-all-custody tell show-way-in open-access admit set-rules confirm watch erase see-backups print-member see-rights"
    " see-claims propose-claims agree-reports",
    "treasurer": "collect collect-by-office send check-money check-voids see-members confirm watch see-money keep-cash"
    " read-books keep-books see-claims pay-claims agree-reports",
    "committee": "read-looks see-members see-rights set-rules confirm watch see-money read-books see-claims propose-claims"
    " agree-claims pay-claims agree-reports",
    "auditor": "read-looks see-members watch see-backups see-money read-books sign-books see-claims agree-reports",
    "network": "agree-above",
    "province": "agree-above",
    "admin": "see-custody see-all-custody see-phones show-way-in manage confirm watch erase see-backups",
}
"""record: households at the door. send: entries of any kind. check: decide on entries. decide-next: where no leader may or does;
oversee: what nobody below may.
look-again, read-looks: audit samples. assign, take-assignments: who goes where. see-custody: lines, gaps and quarantine below; of
every fund with see-all-custody. tell: people that their data is kept. show-way-in, open-access: for members. set-rules: a fund's
regulation, two of them. see-rights: what a member would get, and why.
collect: money for a fund, with an assignment or by office (collect-by-office). check-money, check-voids: receipts, and those to be void.
see-money: in whose hands the fund's money is; keep-cash: branches where two people keep it, and differences that a meeting settled.
see-claims: what was claimed, and where it is. propose-claims: type what a meeting resolved about them; agree-claims: confirm it as a
second one. pay-claims: give the money; who decided never pays.
read-books: a fund's books, each account with its papers; keep-books: vouchers, and what the books begin with;
sign-books: what is undone of them, and the office handed over.
agree-reports: what a fund reports to its network, two of them; agree-above: the same of a network or province, who see reports alone:
no page, list or file of theirs shows a person or an entry.
confirm: as second officer; watch: what waits for one. manage: accounts and phones."""


def may(*rights: str) -> tuple[str, ...]:
    """The roles with any of these rights, in the order of the table. Raises KeyError for a right that nobody has."""
    found = tuple(role for role, words in MAY.items() if {*rights} & {*words.split()})
    if not found:
        raise KeyError(rights)
    return found
