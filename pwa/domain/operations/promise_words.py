"""What a broken promise means to who keeps, audits or runs a fund, in words without names; `ombun check` says which rows it is about."""

from pwa.domain import N_

CHAIN = N_("What was recorded is not what it was when it came: a row was changed or taken away below the system.")
CUSTODY = N_(
    "What phones sent is not kept as it was received: a line, its proof, a photo or a key is missing or another."
)
DECISIONS = N_("A decision about an entry does not fit the rules: made by the wrong person, twice, or before its time.")
OFFICERS = N_("A role or an access began without the second officer that it needs.")
REGISTER = N_("The register of members says something else than what was approved.")
CLAIMS = N_("The course of a claim does not fit: an act is missing, or lists show another state.")
LISTS = N_("A list leaves out something that waits, or shows what does not.")
OTHER = N_("Something that always has to hold does not.")
WORDS = {
    "database_is_sound": N_("The database file itself is damaged. Write nothing more and restore a backup."),
    "records_stay_as_recorded": N_("A table that keeps what was recorded could be changed: its guard is missing."),
    "keys_are_there": CUSTODY,
    "receipts_verify": CUSTODY,
    "twins_verify": CUSTODY,
    "payloads_open": CUSTODY,
    "photos_are_whole": CUSTODY,
    "seats_are_taken_once": CUSTODY,
    "breaks_are_on_the_board": LISTS,
    "numbers_rise": CUSTODY,
    "entries_have_one_state": DECISIONS,
    "decisions_are_of_others": DECISIONS,
    "decisions_are_undone_by_others": DECISIONS,
    "what_was_taken_back_was_a_slip": DECISIONS,
    "draws_repeat": N_("A draw for second looks does not come out the same again from its seed."),
    "roles_began_with_two": OFFICERS,
    "trials_were_of_the_demo": OFFICERS,
    "accesses_were_confirmed_by_others": OFFICERS,
    "decisions_are_of_free_hands": OFFICERS,
    "register_is_what_was_approved": REGISTER,
    "nothing_unapproved_is_in_it": REGISTER,
    "members_were_admitted": N_("Somebody is a member without a resolution that admitted them."),
    "regulations_are_as_two_put_them_in_force": N_("A regulation is not the one that two officers put in force."),
    "claims_follow_their_table": CLAIMS,
    "claims_stand_where_their_acts_say": CLAIMS,
    "decisions_come_to_the_same_again": N_("A decided claim, asked of the regulation once more, comes to another sum."),
    "grants_are_paid_once": N_("A benefit was paid twice, paid above what was granted, or has no claim of its own."),
    "what_comes_back_stands_in_the_books": N_("What is to be paid back of benefits is not what the books say."),
    "books_are_guarded": N_("The database would take postings that the books must refuse: a guard is missing."),
    "transactions_sum_to_zero": N_("A transaction of the books does not come out even."),
    "days_are_the_sums_of_postings": N_("A balance that is shown is not the sum of its postings."),
    "reversals_negate_what_they_reverse": N_("Something undone in the books is not undone to the satang."),
    "closed_months_are_as_they_were_signed": N_("A closed month is not what treasurer and auditor signed."),
    "closed_years_are_the_months_that_were_signed": N_("A closed year is not what treasurer and auditor signed."),
    "lists_name_each_once": N_("Somebody stands twice on lists of what falls due for one time."),
    "lists_are_decided_before_they_are_paid": N_("Something of a list was paid before two had decided it."),
    "lists_pay_nobody_who_died": N_("Money of a list was paid for somebody who had died."),
    "samples_of_the_books_repeat": N_("A sample of the auditor does not come out the same again from its seed."),
    "words_of_auditors_follow_each_other": N_("What was said about a sample of the auditor has a gap."),
    "no_hand_is_below_nothing": N_("By the books somebody holds less than no cash."),
    "money_entries_are_booked_once": N_("A receipt or hand-over is neither in the books nor on the list of what is missing, or it is in both."),
    "receipts_stand_where_their_steps_say": LISTS,
    "unchecked_money_is_that_of_receipts_that_wait": N_("The money that waits to be checked is not that of the receipts that wait."),
    "holders_hold_what_they_received": N_("The cash in a hand is not what was received less what was handed on."),
    "differences_have_names": N_("A difference of cash stands under nobody's name."),
    "cash_goes_on_once": N_("The same cash was handed over twice."),
    "entries_are_where_they_are_said_to_be": LISTS,
    "whoever_is_to_be_told_is_listed": LISTS,
    "applications_are_open_until_resolved": LISTS,
    "networks_are_shown_what_was_accepted": N_("A network is shown other figures than those of the reports that it accepted."),
    "kits_were_within_assignments": N_("Names were brought onto a phone outside its assignment."),
    "new_rows_are_tied": CHAIN,
    "ties_follow_each_other": CHAIN,
    "rows_are_as_they_were_tied": CHAIN,
    "custody_is_as_it_was_digested": CHAIN,
}  # fmt: skip
"""{name of a promise: what it means that it is broken}."""


def told(names):
    """The sentences of these promises, each once, in the order of the table; OTHER for a name that it does not hold."""
    found = [words for name, words in WORDS.items() if name in names]
    return list(dict.fromkeys([*found, *([OTHER] if {*names} - WORDS.keys() else [])]))
