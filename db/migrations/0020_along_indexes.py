"""Indexes for what officers ask about themselves and their places, so that nobody reads every row of the desk or of who is to be told."""


def up(migrator, db):
    migrator.migrate(
        migrator.add_index("acceptance", ("account",)),
        migrator.add_index("aside", ("account",)),
        migrator.add_index("untold", ("place_id", "named_at")),
    )
