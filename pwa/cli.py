"""The `ombun` verbs: what the keeper of the box does from a terminal."""

import getpass
import json
import os
import socket
import sys
from pathlib import Path

import click

import db
from db import care
from pwa import cli_books, cli_check, cli_explain, cli_report, cli_rules, cli_standing, config, demo, open_data, web
from pwa.demo import links
from pwa.domain import NotFound, Refusal
from pwa.domain.crypto import keyring
from pwa.domain.network import sending
from pwa.domain.operations import backups, folders, heads, health, promises, proofs, restores, schedule
from pwa.domain.people import accounts, enrolments, roles
from pwa.domain.places import units
from pwa.server import assets, released, sender, serving, watch
from pwa.terminal import opened


def main():
    """Run a verb; trouble that a person can mend is one sentence and exit code 1. What it writes is for nobody else on the machine."""
    os.umask(0o077)
    try:
        ombun(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(1)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except Refusal as refusal:
        fail(refusal.message % refusal.values if refusal.values else refusal.message)
    except config.BadSetting as problem:
        fail(str(problem))
    except NotFound:
        fail("There is no such unit, account or entry.")
    except keyring.MissingKey as missing:
        fail(f"The database names keys that the data folder lacks: {missing}. Put them back, or restore a backup.")


def fail(sentence):
    click.echo(sentence, err=True)
    sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def ombun():
    """Ombun, the members' database of community welfare funds. Settings come from the environment (OMBUN_DATA and others)."""


ombun.add_command(cli_rules.rules)
ombun.add_command(cli_standing.standing)
ombun.add_command(cli_books.books)
ombun.add_command(cli_report.report)
ombun.add_command(cli_explain.explain)
cli_rules.rules.add_command(cli_check.check)


@ombun.command()
def serve():
    """Serve the app at OMBUN_ORIGIN. On localhost an empty database first becomes the demo village (OMBUN_DEMO=0: not)."""
    settings = config.from_environment()
    if is_taken(settings.host, settings.port):
        fail(f"Port {settings.port} is taken. Set OMBUN_PORT to a free one.")
    with opened(settings):
        if settings.is_local and settings.demo and not accounts.exist():
            demo.build(at=web.system_clock(), money=True)
        told = links.greeting(settings, at=web.system_clock())
    folders.occupy(settings.data)
    released.keep(settings.data, assets.version(), assets.everything(), at=web.system_clock())
    watch.begin(settings)
    click.echo("\n".join(told))
    serving.run(settings)


@ombun.command()
def migrate():
    """Bring the database to this version. Safe to run again."""
    settings = config.from_environment()
    open_data(settings)
    for name in db.migrate():
        click.echo(name)


@ombun.command("demo")
def build_demo():
    """Fill an empty database with the demo village: invented people, sample ID numbers."""
    settings = config.from_environment()
    links.must_be_local(settings)
    with opened(settings):
        if accounts.exist():
            fail("The database is not empty, so the demo village was not built.")
        demo.build(at=web.system_clock(), money=True)


@ombun.group()
def account():
    """Accounts of the people who work here."""


@account.command()
@click.argument("handle")
@click.option("--name", required=True, help="The person's name as others see it.")
@click.option("--role", required=True, help=f"One of {', '.join(roles.MAY)}.")
@click.option(
    "--unit", required=True, help="Code of the unit that the role is granted on; six digits name a subdistrict."
)
def add(handle, name, role, unit):
    """Add an account with one role on one unit."""
    with opened(config.from_environment()), db.database.atomic():
        at, place = web.system_clock(), units.known_or_national(unit)
        accounts.grant(accounts.add(handle, name=name, unit=place, at=at), role, place, at=at)


@ombun.command()
@click.argument("handle")
def invite(handle):
    """Print a link with which HANDLE adds a passkey on their phone. It works once, for 24 hours; passkeys they have stay."""
    settings = config.from_environment()
    with opened(settings):
        token = enrolments.issue(accounts.named(handle), by=None, at=web.system_clock(), reason=enrolments.KEEPER).token
    click.echo(f"{settings.origin}/enrol#t={token}")


@ombun.command("units")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_units(file):
    """Add, rename or move units from a CSV: code,kind,name,admin_parent,network_parent[,since: the day of a move]."""
    with opened(config.from_environment()), db.database.atomic():
        click.echo(f"{units.import_csv(file.read_text('utf-8-sig'), at=web.system_clock())} units")


@ombun.command()
def check():
    """Prove every promise of the database; a line for each broken one, and exit code 1. /health tells the last outcome."""
    with opened(config.from_environment()):
        care.sort_on_disk()
        broken = promises.check(tell=step)
        step("")
        health.note_check(broken, at=web.system_clock())
    for sentence in broken:
        click.echo(sentence)
    sys.exit(1 if broken else 0)


def step(words):
    """How far something long has come, over the line before; only for whoever waits at a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{words}", err=True, nl=False)


@ombun.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file):
    """Write FILE: database, pictures and all keys, encrypted as a whole under a passphrase. The server may go on serving."""
    settings = config.from_environment()
    with opened(settings):
        typed = passphrase(confirm=True)
        written = backups.write(file, passphrase=typed, at=web.system_clock(), kept=settings.backups)
    click.echo(f"{file}: {written.entries} entries, {written.photos} pictures, all keys, {written.size:,} bytes")
    if written.head[0]:
        click.echo(f"History code {written.head[0]:,}: {heads.shown(written.head[1])} (to be written down)")
    if written.damaged:
        names = " ".join(written.damaged)
        fail(f"{len(written.damaged)} pictures are missing or damaged, so phones keep what they hold: {names}")


@ombun.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put the data folder that is there aside, and restore in its place.")
def restore(file, replace):
    """Restore FILE into OMBUN_DATA, keys too. Phones then send again what the backup lacks; decisions made since must be made again."""
    settings, at = config.from_environment(), web.system_clock()
    where = {"into": settings.data, "url": settings.database_url}
    done = restores.restore(file, passphrase=passphrase(), **where, at=at, replace=replace)
    click.echo(f"Restored {done.entries} entries and {done.photos} pictures into {settings.data}.")
    if done.aside:
        click.echo(f"What was there before is kept in {done.aside}.")
    if done.schema_aside:
        click.echo(f"The tables that were there before are kept in the schema {done.schema_aside}.")
    if done.damaged:
        click.echo(f"The backup lacked {len(done.damaged)} pictures: {' '.join(done.damaged)}")
    click.echo(f"Receipt numbers go on above {done.number_floor}.")
    click.echo(restores.NOT_HEALED % {"at": f"{done.at.astimezone(web.BANGKOK):%Y-%m-%d %H:%M}"})


@ombun.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--beside", type=click.Path(path_type=Path), help="Where the scratch folder may lie (default: beside FILE)."
)
@click.option("--json", "as_json", is_flag=True, help="Say what was found as JSON.")
def prove(file, beside, as_json):
    """Restore FILE into a scratch folder, check every promise there, and remove it again. Nothing else is touched."""
    found = proofs.try_out(file, passphrase=passphrase(), beside=beside or file.parent, at=web.system_clock())
    told = f"{found['entries']} entries, {found['photos']} pictures"
    click.echo(json.dumps(found) if as_json else "\n".join([*found["findings"], told]))
    sys.exit(1 if found["findings"] else 0)


@ombun.command()
@click.option("--keys-only", is_flag=True, help="Only what the register is searched by; no backup, no proof.")
def tend(keys_only):
    """Do what is due: what people are found by after an update, the backup of the night, the restore proof of the month.
    A serving Ombun starts this by itself."""
    settings = config.from_environment()
    with opened(settings):
        if settings.passphrase and not keys_only:
            back_up(settings)
        if made := watch.renew():
            click.echo(f"Renewed what {made} households are found by.")
        sending.send_due(sender.post, at=web.system_clock())
    if not settings.passphrase and not keys_only:
        fail("Set OMBUN_BACKUP_PASSPHRASE: a backup is only written encrypted.")


def back_up(settings):
    done = schedule.tend(
        settings.backups,
        passphrase=settings.passphrase,
        clock=web.system_clock,
        try_out=lambda path: watch.try_out(path, settings.backups),
    )
    for kind in done:
        click.echo({"backup": "Backed up.", "proof": "Tried to restore."}[kind])


def passphrase(confirm=False):
    given = config.from_environment().passphrase
    if given:
        return given
    typed = getpass.getpass("Passphrase: ")
    if confirm and typed != getpass.getpass("Once more: "):
        fail("The two passphrases differ.")
    return typed


def is_taken(host, port):
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
