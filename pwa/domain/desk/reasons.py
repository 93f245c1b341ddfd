"""Why a line waits in quarantine: each typed reason in words, what it means, what can be done, and what a person may decide otherwise."""

from dataclasses import dataclass

from pwa.domain import N_


@dataclass(frozen=True)
class Reason:
    """`asks` names what may be decided otherwise when the line is let in: author, place, or number (it gets one of its own)."""

    title: str
    means: str
    todo: str
    asks: frozenset[str] = frozenset()


AUTHOR, PLACE, NUMBER = frozenset({"author", "place"}), frozenset({"place"}), frozenset({"number"})
ALL = {
    "unknown_key": Reason(
        N_("Sealed with a key that this server does not have"),
        N_("It was sealed for another server, or the key was lost when this one was set up again."),
        N_(
            "Ask the administrator to put the key back. Then it opens here and can be let in. The phone keeps its copy."
        ),
    ),
    "unsealable": Reason(
        N_("The contents do not open: damaged or changed on the way"),
        N_("Nobody can read it here, so nobody can check it."),
        N_("Ask the recorder to look at it on the phone and to record it again. Then return this one or put it aside."),
    ),
    "conflict": Reason(
        N_("The same number came earlier with other contents"),
        N_("One number stands for two different contents. It happens when a phone was set back to an older copy."),
        N_("Compare it with the earlier one. If it is true as well, let it in: it gets a number of its own."),
        NUMBER,
    ),
    "fork": Reason(
        N_("A second line for the same place in this phone's order"),
        N_("The phone counted the same step twice. It happens when it was copied, or set back to an older copy."),
        N_("Ask the owner which house this was. If the visit was real, let it in."),
    ),
    "bad_envelope": Reason(
        N_("The envelope is not written as it should be"),
        N_("It comes from a very old or a changed app, so it is not opened."),
        N_("Ask the recorder to bring the app up to date and to record it again. Then put this one aside."),
    ),
    "unknown_author": Reason(
        N_("Nobody with this account is known here"),
        N_("The account was made elsewhere, or after the backup that this server was restored from."),
        N_("Find out who recorded it. Then let it in under that person's name, or put it aside."),
        AUTHOR,
    ),
    "unproved": Reason(
        N_("Nothing proves who recorded it"),
        N_(
            "The person never signed in on that phone, its signature is wrong, or a stranger brought it. Somebody else may have written it."
        ),
        N_("Ask the person. Let it in as theirs, or under the name of who really recorded it, or put it aside."),
        AUTHOR,
    ),
    "unsigned": Reason(
        N_("The phone signs its lines, and this one has no signature"),
        N_(
            "A page of an older version may still have been open on the phone, or somebody else uses what the phone shows us."
        ),
        N_("Ask the person whether they recorded this. Then let it in, or put it aside."),
        AUTHOR,
    ),
    "too_far": Reason(
        N_("Its number is far ahead of all that came from this phone"),
        N_("Nobody could say what is missing before it, so it takes no place in the phone's order."),
        N_("Ask the owner to send what the phone holds. If the visit was real, let it in."),
    ),
    "revoked_device": Reason(
        N_("From a phone whose right to send was taken away"),
        N_("The phone was taken out of use. What it sends is still kept, because true visits may be among it."),
        N_("Ask the recorder whether they made this visit, and when. Then let it in, or put it aside."),
    ),
    "no_right": Reason(
        N_("About a place that this person does not look after"),
        N_("The place may have been chosen by mistake, or the person helped out elsewhere."),
        N_("Ask the recorder. Let it in for the right community, or return it."),
        PLACE,
    ),
    "no_role": Reason(
        N_("This person has no role for recording"),
        N_("The role has ended, or was never given."),
        N_("If the visit was agreed, let it in. Otherwise put it aside."),
        PLACE,
    ),
    "no_collecting": Reason(
        N_("Money, from somebody who was not sent to collect for this fund that day"),
        N_("The assignment to collect has ended, was never given, or was for another fund."),
        N_("Ask the collector, and count the cash with them. If it was taken for the fund, let it in."),
    ),
    "unknown_form": Reason(
        N_("Filled in on a form that is not known here"),
        N_("The phone runs a newer app than this server, or a form that was never in use."),
        N_("Bring the server up to date and let it in then, or return it so that it is recorded on today's form."),
    ),
    "form_retired": Reason(
        N_("Filled in on a form that was replaced more than 400 days ago"),
        N_("It lay on the phone for a long time."),
        N_("If what it says is still true, let it in. Otherwise return it, so that the house is visited again."),
    ),
    "bad_payload": Reason(
        N_("The form is not filled in as it must be"),
        N_("Something that is needed is missing or written in a way that cannot be used."),
        N_("Return it and say what is missing."),
    ),
    "replaces_other": Reason(
        N_("Wants to replace what somebody else recorded"),
        N_("Only who recorded an entry may correct it before it is checked."),
        N_("Let it in: it counts as an entry of its own, beside the other person's, and the checker sees both."),
    ),
    "record_gone": Reason(
        N_("The house was taken out of the register"),
        N_("The recorder set out with what had been approved of this house. Meanwhile that was undone."),
        N_(
            "If people really live there, let it in: the checker reads it as a new house. Otherwise return it or put it aside."
        ),
    ),
}
GONE = Reason(
    N_("What it said was erased on request"),
    N_("The contents are gone for good. Number and receipt remain."),
    N_("Nothing can be checked any more. Put it aside."),
)
TOLD = {
    "unknown_key": N_("The server cannot open it yet. Keep this phone as it is and tell the administrator."),
    "unsealable": N_("The server cannot open it. Tell the registrar, and record the house again."),
    "conflict": N_("Something else came earlier under its number. Tell the registrar which one is right."),
    "fork": N_("This phone counted a step twice. Tell the registrar that you made this visit."),
    "bad_envelope": N_("It was written by a very old app. Bring the app up to date and record the house again."),
    "unknown_author": N_("The server does not know your account. Ask the administrator."),
    "unproved": N_("It is not certain that you wrote it. Tell the registrar that it is yours."),
    "unsigned": N_("It came without this phone's signature. Tell the registrar that it is yours."),
    "too_far": N_("Its number is far ahead of this phone's others. Tell the registrar that you made this visit."),
    "left": N_("It was written under a number that this phone had given up. Tell the registrar that it is yours."),
    "revoked_device": N_(
        "This phone may not send any more. Ask the administrator, and tell the registrar of this visit."
    ),
    "no_right": N_("You do not look after this community, or do so no more. Ask its zone leader or the registrar."),
    "no_role": N_("You have no role for recording, or it has ended. Ask the zone leader or the registrar."),
    "no_collecting": N_(
        "You had no assignment to collect for this fund that day. Keep the cash apart and show it to the treasurer."
    ),
    "unknown_form": N_("The server does not know this form yet. Tell the administrator."),
    "form_retired": N_("The form was replaced long ago. Ask the registrar whether the house must be visited again."),
    "bad_payload": N_("Something in it cannot be used. Ask the registrar what, and correct it."),
    "replaces_other": N_("It corrects what somebody else recorded. Tell the registrar that you visited as well."),
    "record_gone": N_("The house was taken out of the register meanwhile. Tell the registrar that people live there."),
    "other": N_("The office must look at it first. Ask the registrar."),
}
"""What the author reads on the phone: why it waits, and whom to ask; `other` for a reason that this phone does not know."""
