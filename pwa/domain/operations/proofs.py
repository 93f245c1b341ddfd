"""A backup counts only once it was restored: into a scratch folder, beside everything that serves, with every promise checked."""

from pathlib import Path

from db.models import RestoreProof
from pwa.domain import Refusal
from pwa.domain.operations import folders, generations, heads, promises, restores

SCRATCH = ".proof-"


def try_out(path, *, passphrase, beside, at):
    """Restore the file in a scratch folder under `beside` and check every promise; returns {entries, photos, findings, head}.

    The scratch database and its keys are in use meanwhile, so this is done in a process of its own.
    """
    with folders.scratch(SCRATCH, Path(beside)) as scratch:
        into = scratch / "data"
        try:
            done = restores.restore(path, passphrase=passphrase, into=into, at=at)
        except Refusal as refusal:
            return {"entries": 0, "photos": 0, "findings": [refusal.message % refusal.values], "head": None}
        with folders.opened(into):
            findings = [f"The photo {sha256} is not in it." for sha256 in done.damaged] + promises.check()
    return {"entries": done.entries, "photos": done.photos, "findings": findings, "head": done.head}


def record(file, found, *, seconds, at):
    """Keep what became of trying a backup file out; it must be, byte for byte, the file that was written, and the ties in it
    must be ours still: since then nobody has made another history.
    """
    sha256, findings = generations.fingerprint(file.path), list(found["findings"])
    if file.row is not None and sha256 != file.row.sha256:
        findings.append("The file is not the one that was written.")
    if found.get("head") and not heads.holds(*found["head"]):
        findings.append(f"History was changed: the tie {found['head'][0]} is not the one in the backup.")
    held = {"entries": found["entries"], "photos": found["photos"], "findings": "\n".join(findings)}
    return RestoreProof.create(name=file.path.name, sha256=sha256, at=at, seconds=seconds, **held)


def last():
    """The newest RestoreProof, or None."""
    return RestoreProof.select().order_by(RestoreProof.id.desc()).first()
