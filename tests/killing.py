"""A process of its own that is killed with -9 before each of its writes and before its commit, one after the other, and at last after it."""

import itertools
import os
import re
import signal

import db
from tests import databases, small_fund

WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
FAILED = 70


def at_each_step(folder, act):
    """Do `act` in a process that dies before its first write, another that dies before its second, and so on; returns how many died.

    Whoever dies leaves nothing. The last one does it all and dies before it can say so; whoever then asks again changes nothing.
    """
    before = databases.mark()
    for step in itertools.count(1):
        status = _in_a_process(folder, act, step)
        assert status != FAILED << 8, "it failed by itself; see above"
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert databases.mark() == before, f"the process that died at step {step} left something"
    after = databases.mark()
    assert after != before
    act()
    assert databases.mark() == after, "asked again, it was done twice"
    return step - 1


def _in_a_process(folder, act, step):
    databases.close()
    child = os.fork()
    if child == 0:
        try:
            small_fund.recall(folder)
            _die_before(step)
            act()
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(FAILED)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    small_fund.recall(folder)
    return status


def _die_before(step):
    """From now on this process counts what it writes."""
    steps, real, commit = itertools.count(1), db.database.obj.execute_sql, db.database.obj.commit

    def count():
        if next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(sql, *args, **more):
        if WRITES.match(sql):
            count()
        return real(sql, *args, **more)

    def end():
        count()
        return commit()

    db.database.obj.execute_sql, db.database.obj.commit = execute, end
