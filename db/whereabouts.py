"""In whose hands each entry is: one row an entry, kept by triggers from the rows that people and the server leave about it.

Lists and counts are read from it, and its ids rise with every change, so that "what is new since then" is one look into an
index. Nothing above has to remember it; `ombun check` proves it by other means (whereabouts_promises).
"""

from peewee import PostgresqlDatabase

DECISIONS = ("approval", "return", "rejection", "counter_decision")
FOLLOWED = {
    "opening": "entry_id", "acceptance": "entry_id", "aside": "entry_id", "replacement": "replaced_id",
    **dict.fromkeys(DECISIONS, "entry_id"), "taking_back": "row",
}  # fmt: skip
"""Tables whose new rows may change where an entry is, and the column that leads to it."""
COLUMNS = '("id", "entry_id", "author", "kind", "waits_for", "stirred")'
NEXT = 'SELECT COALESCE(MAX("id"), 0) + 1 FROM "whereabouts"'
TAKEN_BACK = (
    """CASE NEW."kind" WHEN 'acceptance' THEN (SELECT "entry_id" FROM "acceptance" WHERE "id" = NEW."row") """
    """WHEN 'aside' THEN (SELECT "entry_id" FROM "aside" WHERE "id" = NEW."row") END"""
)


def follow(db):
    """Fill the table from what is there, and let every new row that may change it do so."""
    first = (
        f'INSERT INTO "whereabouts" {COLUMNS} '
        f'SELECT ROW_NUMBER() OVER (ORDER BY e."id"), e."id", e."author", {_kind()}, {_waits_for()}, 0 FROM "entry" e'
    )
    db.execute_sql(first)
    for table in ("entry", *FOLLOWED):
        if isinstance(db, PostgresqlDatabase):
            _hear_on_postgres(db, table)
        else:
            sql = f'CREATE TRIGGER "{table}_whereabouts" AFTER INSERT ON "{table}" BEGIN {_step(table)}; END'
            db.execute_sql(sql)


def _hear_on_postgres(db, table):
    name = f"{table}_whereabouts"
    body = f" BEGIN {_step(table)}; RETURN NULL; END "
    db.execute_sql(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
    db.execute_sql(f'CREATE TRIGGER "{name}" AFTER INSERT ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()')
    db.execute_sql(f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"')


def _step(table):
    """What a new row of a table does, as one statement."""
    if table == "entry":
        fresh = "CASE NEW.\"outcome\" WHEN 'received' THEN 'checker' ELSE 'desk' END"
        return f"""INSERT INTO "whereabouts" {COLUMNS} VALUES (({NEXT}), NEW."id", NEW."author", '', {fresh}, 0)"""
    about = TAKEN_BACK if table == "taking_back" else f'NEW."{FOLLOWED[table]}"'
    now = f'SELECT {_waits_for()} FROM "entry" e WHERE e."id" = "whereabouts"."entry_id"'
    kind = ', "kind" = NEW."kind"' if table == "opening" else ""
    return f'UPDATE "whereabouts" SET "id" = ({NEXT}), "waits_for" = ({now}){kind} WHERE "entry_id" = {about}'


def _kind():
    return """COALESCE((SELECT "kind" FROM "opening" o WHERE o."entry_id" = e."id"), '')"""


def _waits_for():
    """Of entry `e`: checker (undecided), author (returned to them), desk (quarantined), or nobody."""
    decided = " OR ".join([_decided("approval"), _decided("rejection"), _replaced(), _handled("aside")])
    let_in = f"e.\"outcome\" = 'received' OR {_handled('acceptance')}"
    settled = " OR ".join([_handled("acceptance"), _handled("aside"), _decided("return")])
    return (
        f"CASE WHEN NOT ({decided} OR {_decided('return')}) AND ({let_in}) THEN 'checker' "
        f"WHEN {_decided('return')} AND NOT {_replaced()} THEN 'author' "
        f"WHEN e.\"outcome\" = 'quarantined' AND NOT ({settled}) THEN 'desk' ELSE '' END"
    )


def _decided(table):
    """A decision that no counter-decision undid."""
    undone = 'SELECT 1 FROM "counter_decision" c WHERE c."entry_id" = d."entry_id" AND c."turn" = d."turn"'
    return f'EXISTS (SELECT 1 FROM "{table}" d WHERE d."entry_id" = e."id" AND NOT EXISTS ({undone}))'


def _handled(table):
    """What the desk did about it and did not take back."""
    back = f"""SELECT 1 FROM "taking_back" t WHERE t."kind" = '{table}' AND t."row" = h."id\""""
    return f'EXISTS (SELECT 1 FROM "{table}" h WHERE h."entry_id" = e."id" AND NOT EXISTS ({back}))'


def _replaced():
    return 'EXISTS (SELECT 1 FROM "replacement" r WHERE r."replaced_id" = e."id")'
