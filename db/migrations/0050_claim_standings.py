"""Where each claim stands, so that no list asks every act that ever was; of those that are there by their last act."""

from peewee import BooleanField, ForeignKeyField, Model, TextField, UUIDField

from db.fields import DayField

LEADS_TO = {
    "certify": "certified", "withdraw": "withdrawn", "propose": "proposed", "object": "certified",
    "grant": "granted", "refuse": "refused", "reopen": "certified", "urge": "urged",
}  # fmt: skip
KINDS = ", ".join(f"'{kind}'" for kind in LEADS_TO)
STATE = " ".join(f"WHEN '{kind}' THEN '{state}'" for kind, state in LEADS_TO.items())
LAST = f'(SELECT MAX("n") FROM "claim_act" l WHERE l."claim_id" = c."id" AND l."kind" IN ({KINDS}))'
STANDINGS = (
    'INSERT INTO "claim_standing" ("claim_id", "fund_id", "state", "event_on", "is_due") '
    f"""SELECT c."id", c."fund_id", CASE a."kind" {STATE} END, c."event_on", a."kind" = 'grant' """
    f'FROM "claim" c JOIN "claim_act" a ON a."claim_id" = c."id" AND a."n" = {LAST}'
)


def up(migrator, db):
    class Claim(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "claim"

    class Fund(Model):
        class Meta:
            database = db
            table_name = "fund"

    class ClaimStanding(Model):
        claim = ForeignKeyField(Claim, primary_key=True)
        fund = ForeignKeyField(Fund, index=False)
        state = TextField()
        event_on = DayField()
        is_due = BooleanField()

        class Meta:
            database = db
            table_name = "claim_standing"
            indexes = ((("fund", "state", "event_on", "claim"), False), (("fund", "is_due"), False))

    db.create_tables([ClaimStanding])
    db.execute_sql(STANDINGS)
