"""What a process may remember of a database: facts that no later write can make untrue, apart for each database it opens."""

from weakref import WeakKeyDictionary

from db import database


class Memory:
    """Called, it gives the dict for the database in use; inside a transaction, which may be undone, one that is forgotten."""

    def __init__(self):
        self._of = WeakKeyDictionary()

    def __call__(self):
        return {} if database.in_transaction() else self._of.setdefault(database.obj, {})
