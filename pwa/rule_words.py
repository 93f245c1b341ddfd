"""The words of a regulation's choices as people read them; codes are for the document alone."""

from pwa.domain import N_

WORDS = {
    "day": N_("days"), "month": N_("months"), "year": N_("years"),
    "night": N_("nights in hospital"), "child": N_("children"), "item": N_("pieces"),
    "new": N_("it begins anew"), "continue": N_("it goes on from before"), "sum": N_("all times are added up"),
    "application": N_("the application"), "resolution": N_("the committee's resolution"), "first_payment": N_("the first payment"),
    "suspended": N_("suspended members"),
    "at_least": N_("at least"), "at_most": N_("at most"), "is": N_("is"), "one_of": N_("is one of"),
    "fixed": N_("the same sum each time"), "per_unit": N_("so much for each unit"), "tiers": N_("steps by length of membership"),
    "matrix": N_("steps by age and length of membership"), "percent": N_("a share of something"),
    "discretionary": N_("as a meeting decides, up to a limit"), "in_kind": N_("a thing, not money"),
    "event": N_("each event"), "period": N_("a year"), "household": N_("household"), "life": N_("a whole life"),
    "birth": N_("a birth"), "delivery": N_("a delivery"), "stay": N_("a stay in hospital"), "illness": N_("an illness"),
    "age": N_("reaching an age"), "death": N_("a death"), "funeral": N_("a funeral"), "disaster": N_("a disaster"),
    "study": N_("schooling"), "disability": N_("a disability"), "custom": N_("a custom, such as a wedding"),
    "work": N_("work for the fund"), "other": N_("something else"),
    "members": N_("members only"), "anyone": N_("also people who are no members"),
    "admit": N_("the day of admission to hospital"), "first": N_("the first clause that fits"),
    "member": N_("member"), "level": N_("a school level"),
    "calendar": N_("January to December"), "fiscal": N_("October to September"), "membership": N_("the member's own year"),
    "rolling": N_("the last 12 months"), "whole": N_("it counts in the year of the discharge"),
    "by_night": N_("each night counts in its own year"),
    "stop": N_("nothing is paid"), "queue": N_("it waits in line"), "up_to_pot": N_("what is there is paid"),
    "number": N_("a number"), "money": N_("a sum of money"), "yes_no": N_("yes or no"), "choice": N_("one of several answers"),
    "yes": N_("yes"), "no": N_("no"),
    "fact": N_("compare a fact"), "all": N_("all of several"), "any": N_("one of several"), "see": N_("a condition with a name"),
    "beneficiary": N_("the beneficiary"), "host": N_("who holds the funeral"), "guardian": N_("the guardian"),
    "community": N_("people of the community"), "spouse": N_("the spouse"),
    "tenure": N_("length of membership"), "sex": N_("sex"), "subject": N_("whose event it is"),
    "f": N_("female"), "m": N_("male"),
    "codi": N_("seed money of CODI"), "state_codi": N_("the state's share through CODI"), "local": N_("local government"),
    "state_other": N_("other state bodies"), "fee": N_("entry fees"), "donation": N_("donations"), "interest": N_("interest"),
}  # fmt: skip
INCOME = {"member": N_("members' contributions"), "other": N_("other income")}
"""Where a word means something else as income."""
FACTS = {"age": N_("age in years")}
"""And as a fact."""
PEOPLE = ("member", "child", "spouse", "household", "beneficiary", "host", "guardian", "community")
"""Who may be named as the one whom an event concerns, and as payee."""
SHAPES = {
    "fixed": N_("A fixed sum"),
    "nights": N_("So much a night, with limits"),
    "tiers": N_("Steps by length of membership"),
    "once": N_("Once only"),
    "discretionary": N_("As a meeting decides"),
    "": N_("Another shape"),
}
PARTS = {
    "general": N_("Name and source"),
    "settings": N_("General rules"),
    "plans": N_("Contribution plans"),
    "splits": N_("Pots, and how income is split"),
    "urgent": N_("Urgent payment"),
    "facts": N_("Facts that are asked, and named conditions"),
}
"""Parts of a draft beside its benefits."""
