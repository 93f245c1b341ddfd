"""What a process may remember of a database: facts that no later write can make untrue, apart for each database it opens."""

import threading
from collections import ChainMap, OrderedDict
from weakref import WeakKeyDictionary

from db import database


class Memory:
    """Called, it gives the mapping for the database in use; what is noted inside a transaction, which may be undone, is forgotten."""

    def __init__(self):
        self._of = WeakKeyDictionary()

    def __call__(self):
        known = self._of.setdefault(database.obj, {})
        return ChainMap({}, known) if database.in_transaction() else known


class Recent:
    """The last so many things that were asked for and can be made again. Many threads share it, and each makes room for its own:
    so what is asked for may be gone at any moment, and whoever needs it twice holds it meanwhile."""

    def __init__(self, most):
        self._kept, self._most, self._lock = OrderedDict(), most, threading.Lock()

    def get(self, name, otherwise=None):
        with self._lock:
            if name not in self._kept:
                return otherwise
            self._kept.move_to_end(name)
            return self._kept[name]

    def keep(self, name, thing):
        """Remember it, and give it back."""
        with self._lock:
            self._kept[name] = thing
            self._kept.move_to_end(name)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return thing

    def clear(self):
        with self._lock:
            self._kept.clear()
