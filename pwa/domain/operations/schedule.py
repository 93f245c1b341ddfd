"""What keeps the server safe without anybody thinking of it: a backup every night and after each payment day and meeting, and every
month one is restored as a proof.

Nights begin at 02:30 in Thailand. A night that was missed is made up for as soon as the server runs again. What is dated after
now was done by a clock that was ahead: it is nobody's reason to wait.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import fn

from db.models import Backup, ClaimAct, Generation, Mishap, RestoreProof, Voucher, Wish
from pwa.domain import Refusal
from pwa.domain.crypto import keyring
from pwa.domain.fund import claim_changes, claim_states
from pwa.domain.operations import backups, folders, generations, halves, health, promises, proofs
from pwa.domain.people import roles
from pwa.domain.register import rekeying
from pwa.domain.review import encounters

ROLES = roles.may("see-backups")
NIGHT = timedelta(hours=2, minutes=30)
DAY = timedelta(days=1)
QUIET = timedelta(minutes=30)
"""So long nobody has paid or decided anything: the payment day, or the meeting, is over."""
RETRY = timedelta(minutes=15)
PROVED_EVERY = timedelta(days=30)
MARK = ".tending"
NUDGE = ".wished"


@dataclass(frozen=True)
class Overview:
    """How safe the fund is, for the page: `doing` is what is being done now, `wished` what was asked for and not begun.

    `uncovered`: when money was last paid, or a meeting last decided, that no backup holds yet.
    """

    files: list
    kept: dict
    proved: set
    proof: RestoreProof | None
    mishap: Mishap | None
    last: datetime | None
    doing: str | None
    wished: set
    uncovered: datetime | None


def overview(folder, at=generations.EVER):
    files, last = generations.listed(folder, at), newest(Backup, at)
    mishap = Mishap.select().where(Mishap.at <= at).order_by(Mishap.id.desc()).first()
    if mishap is not None and last is not None and mishap.at < last:
        mishap = None
    wished = {kind for kind in ("backup", "proof") if is_wished(kind, at)}
    kept = generations.kept([file.at for file in files])
    proved = {file.path.name for file in generations.proved(files)}
    doing, uncovered = folders.claim(_data() / MARK), uncovered_since(folder, at)
    return Overview(files, kept, proved, proofs.last(), mishap, last, doing, wished, uncovered)


def wish(kind, *, by, at):
    """Ask for a backup or a proof now; whoever tends the server begins within seconds."""
    Wish.create(kind=kind, account=by, at=at)
    (_data() / NUDGE).touch()


def tend(folder, *, passphrase, clock, try_out):
    """Do what is due, once; `try_out(path)` restores a file in a process of its own. Only one process tends at a time.

    Says what it did: ["backup", "proof"], in this order, or less.
    """
    (_data() / NUDGE).unlink(missing_ok=True)
    done = []
    for kind, is_due, do in (("backup", backup_is_due, _back_up), ("proof", proof_is_due, _prove)):
        with folders.claimed(_data() / MARK, kind) as mine:
            if mine:
                _sweep(folder)
                if is_due(folder, clock()):
                    do(folder, passphrase=passphrase, clock=clock, try_out=try_out)
                    done.append(kind)
    return done


def is_due(folder, *, at):
    """Whether a backup or a proof waits to be made."""
    return backup_is_due(folder, at) or proof_is_due(folder, at)


def renew_keys(rest=lambda: None):
    """Bring up to date what the register and the entries that wait are found by, a small transaction at a time. → households.

    `rest` is called between two of them: who waits to write looks only now and then whether it is free.
    """
    made = 0
    while some := rekeying.rekey():
        made += some
        rest()
    while encounters.note():
        rest()
    encounters.sweep()
    return made


def look_at_claims(*, at, rest=lambda: None):
    """Each night, and where something happened to who is concerned, the rules are asked once more about decided claims. → how many."""
    return claim_changes.look(at=at, before=last_night(at), rest=rest)


def backup_is_due(folder, at):
    """None was written since the night began, somebody wishes for one, or a payment day or a meeting is over that none holds
    (fund.md §5); after a mishap, not again for a quarter of an hour.
    """
    if is_wished("backup", at):
        return True
    mishap = newest(Mishap, at)
    written = max((file.at for file in generations.listed(folder) if file.at <= at), default=None)
    if mishap is not None and (written is None or mishap > written) and at - mishap < RETRY:
        return False
    uncovered = uncovered_since(folder, at)
    return written is None or written < last_night(at) or (uncovered is not None and at - uncovered >= QUIET)


def uncovered_since(folder, at=generations.EVER):
    """When money was last paid, or a meeting last decided, after the newest backup that is there; None where one holds it all."""
    written = max((file.at for file in generations.listed(folder) if file.at <= at), default=None)
    decided = ClaimAct.select().where(ClaimAct.kind.in_(claim_states.DECIDES), ClaimAct.at <= at)
    acts = [
        query.order_by(model.id.desc()).first()
        for model, query in ((Voucher, Voucher.select().where(Voucher.at <= at)), (ClaimAct, decided))
    ]
    last = max((one.at for one in acts if one), default=None)
    return last if last and (written is None or last > written) else None


def proof_is_due(folder, at):
    """A month has passed since the last one; or that one failed, and there is a newer backup; or somebody wishes for one."""
    files, proof = generations.listed(folder, at), proofs.last()
    if not files or proof is None or proof.at > at or is_wished("proof", at):
        return bool(files)
    return at >= files[0].at > proof.at if proof.findings else at - proof.at >= PROVED_EVERY


def last_night(at):
    """When the night before this instant began."""
    local = at.astimezone(generations.BANGKOK)
    began = local.replace(hour=0, minute=0, second=0, microsecond=0) + NIGHT
    return began if began <= local else began - DAY


def is_wished(kind, at):
    """Whether somebody asked for it and nothing has come of it yet."""
    wished = Wish.select(fn.MAX(Wish.at)).where(Wish.kind == kind, Wish.at <= at).scalar()
    answers = [newest(model, at) for model in ((Generation, Mishap) if kind == "backup" else (RestoreProof,))]
    return wished is not None and all(answer is None or answer < wished for answer in answers)


def newest(model, at):
    """The latest instant in a table that is not after `at`, or None."""
    return model.select(fn.MAX(model.at)).where(model.at <= at).scalar()


def _back_up(folder, *, passphrase, clock, **_):
    at = clock()
    path = folder / generations.file_name(at)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        generations.make_room(folder, at)
        written = backups.write(path, passphrase=passphrase, at=at)
    except (Refusal, OSError) as problem:
        Mishap.create(at=at, why=problem.message % problem.values if isinstance(problem, Refusal) else str(problem))
        return
    generations.note(written, path, at=at)
    generations.prune(folder, at)
    health.note_check(promises.check(), at=clock())


def _prove(folder, *, clock, try_out, **_):
    began = clock()
    file = generations.listed(folder, began)[0]
    found = try_out(file.path)
    proofs.record(file, found, seconds=round((clock() - began).total_seconds()), at=began)


def _sweep(folder):
    """What a process that was killed left: half a backup, an unpacked one."""
    folders.sweep(proofs.SCRATCH, folder)
    halves.sweep(folder)


def _data():
    return keyring.ring.folder.parent
