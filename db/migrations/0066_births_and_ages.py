"""A birth of late, an age that was reached and who died (fund.unclaimed), and the last restore (fund.after_restore) are found along indexes."""


def up(migrator, db):
    migrator.migrate(migrator.add_index("person", ("birth_date",)), migrator.add_index("person", ("gone",)))
    migrator.migrate(migrator.add_index("tie", ("mark",)))
