"""The funds' own rules, each version as the document that two people put in force."""

from peewee import BlobField, BooleanField, Check, DateField, ForeignKeyField, IntegerField, TextField, UUIDField

from db import Base
from db.fields import InstantField
from db.models.people import Account
from db.models.places import Fund
from db.models.register import Resolution


class Regulation(Base):
    """A version of a fund's regulation. From `in_force_from` on it holds, until a later version's day comes."""

    fund = ForeignKeyField(Fund, backref="regulations")
    version = IntegerField()
    in_force_from = DateField()
    document = BlobField()
    sha256 = TextField()
    resolution = ForeignKeyField(Resolution)
    drafted_by = ForeignKeyField(Account, backref="drafted")
    enforced_by = ForeignKeyField(Account, backref="enforced")
    at = InstantField()
    replaces = ForeignKeyField("self", null=True)

    class Meta:
        indexes = ((("fund", "version"), True), (("fund", "in_force_from"), True))
        constraints = [Check("version > 0"), Check("drafted_by_id <> enforced_by_id")]


class RuleDraft(Base):
    """A draft of a fund's regulation by its number. `base`: the version that it replaces; `template`, `sha256`: what it began from."""

    fund = ForeignKeyField(Fund, index=False, backref="rule_drafts")
    number = IntegerField(constraints=[Check("number > 0")])
    base = ForeignKeyField(Regulation, null=True, backref="rule_drafts")
    template = TextField(default="")
    sha256 = TextField()
    account = ForeignKeyField(Account, backref="rule_drafts")
    at = InstantField()

    class Meta:
        indexes = ((("fund", "number"), True),)


class RuleDraftSave(Base):
    """What was typed, whole, as it was saved for the n-th time; the last one counts."""

    draft = ForeignKeyField(RuleDraft, index=False, backref="saves")
    n = IntegerField()
    typed = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()

    class Meta:
        indexes = ((("draft", "n"), True),)


class RuleProposal(Base):
    """One officer proposes to put `document`, as this save makes it, in force from a day on, by this sitting's resolution."""

    draft = ForeignKeyField(RuleDraft, backref="proposals")
    saved = ForeignKeyField(RuleDraftSave, column_name="save_id", backref="proposals")
    document = BlobField()
    starts_on = DateField()
    board = TextField()
    meeting = TextField()
    resolved_on = DateField()
    decided_stay = BooleanField()
    account = ForeignKeyField(Account, backref="rule_proposals")
    device = UUIDField(null=True)
    at = InstantField()


class RuleProposalEnd(Base):
    """What became of a proposal: a version in force, or a reason why not. `account`: who confirmed it, took it back or did not agree."""

    proposal = ForeignKeyField(RuleProposal, unique=True, backref="ends")
    regulation = ForeignKeyField(Regulation, null=True, unique=True, backref="rule_proposals")
    reason = TextField(default="")
    account = ForeignKeyField(Account)
    device = UUIDField(null=True)
    at = InstantField()

    class Meta:
        constraints = [Check("(regulation_id IS NULL) = (reason <> '')")]


class RuleRun(Base):
    """A draft, as this save has it, counted out for every member as if each event fell on a day. `units`: {benefit: nights, pieces}."""

    draft = ForeignKeyField(RuleDraft, backref="runs")
    saved = ForeignKeyField(RuleDraftSave, column_name="save_id", backref="runs")
    on = DateField()
    units = TextField()
    account = ForeignKeyField(Account)
    at = InstantField()


class RuleRunStep(Base):
    """The n-th step: `many` members, or people with decided claims, up to the id `last`; `report` holds sums, nobody's own."""

    run = ForeignKeyField(RuleRun, index=False, backref="steps")
    n = IntegerField()
    kind = TextField(constraints=[Check("kind IN ('members', 'claims')")])
    last = UUIDField()
    many = IntegerField()
    report = TextField()
    at = InstantField()

    class Meta:
        indexes = ((("run", "n"), True),)
