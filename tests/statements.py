"""What is asked of the database, as it is asked."""

import logging
from contextlib import contextmanager


class _Heard(logging.Handler):
    def __init__(self):
        super().__init__()
        self.statements = []

    def emit(self, record):
        if record.name == "peewee":  # the pool talks too
            self.statements.append(record.msg)


@contextmanager
def listening():
    """The statements of a while as (SQL, parameters), in a list that grows."""
    handler, log = _Heard(), logging.getLogger("peewee")
    before = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    try:
        yield handler.statements
    finally:
        log.removeHandler(handler)
        log.setLevel(before[0])
        log.propagate = before[1]
