"""Lets random days happen, so many as asked, and tells what they met and with which seed they can be repeated."""

import os
import secrets

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import db
from pwa.domain.operations import archives
from tests.faults import chance
from tests.faults.machine import Day

KINDS = {
    "arrives", "lost on the way", "answer lost", "twice", "replay", "two senders", "fork", "same id, other bytes",
    "locked", "full", "restore", "key rotated", "phone revoked",
    "twin", "signature stripped", "key put", "answer to a key lost", "old tab", "new number", "signed in",
}  # fmt: skip
KINDS_OF_MONEY = {
    "number given twice", "taken over", "void", "told again", "misread", "taken", "answer to a taking lost", "taken again",
    "taken at the desk", "deposit", "refund", "sheet approved", "approved", "rejected", "never_paid", "decision undone", "void approved",
    "died before booking",
}  # fmt: skip
KINDS_OF_CLAIMS = {
    "told twice", "approved", "rejected", "certificate undone", "grant", "refuse", "object", "urgent", "decided anew", "paid", "both paid",
    "both paid in one moment", "old page", "came back", "signed", "signed for less", "not given", "died before booking",
    "restored between resolution and payment", "reopened", "entered from paper",
}  # fmt: skip
"""What happens to money beside; of days with money and of days with claims, which meet the others too."""
STEPS = 20
IMPATIENT_S = 0.03
PHASES = [Phase.generate, Phase.shrink]


def live(runs, number=None, machine=Day):
    """So many days, each on a fund of its own. Returns how often each fault was met; raises on the first promise broken."""
    number = number if number is not None else int(os.environ.get("OMBUN_FAULTS_SEED", secrets.randbelow(2**32)))
    machine.happened = {}
    print(f"{runs} days, OMBUN_FAULTS_SEED={number}", flush=True)
    quiet = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        backend=chance.NAME,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
        print_blob=True,
    )
    with hurried():
        run_state_machine_as_test(seed(number)(machine), settings=quiet)
    return machine.happened


class hurried:
    """Inside, nobody waits long for a lock, and a passphrase is quick to work out."""

    def __enter__(self):
        self._usual = db.PATIENCE_S, db.PRAGMAS["busy_timeout"], archives.COST
        db.PATIENCE_S, db.PRAGMAS["busy_timeout"], archives.COST = IMPATIENT_S, int(IMPATIENT_S * 1000), 4

    def __exit__(self, *_):
        db.PATIENCE_S, db.PRAGMAS["busy_timeout"], archives.COST = self._usual
