"""A second network, of three funds on other machines. Nobody stands behind them: their months are counted out of seeded chance, and go
through the same hider, writer, signer and acceptor as every report. One is late, one left a month out, one put a month right; the
network's own reports go on to the province.
"""

import random

from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.models import Unit
from pwa.domain.network import (
    drafting,
    figures,
    keys,
    month_members,
    notes,
    parent_reports,
    receiving,
    report_files,
    reports,
    signing,
)
from pwa.domain.people import accounts
from pwa.domain.places import units
from pwa.domain.text.dates import BANGKOK

CODE = "NET2"
NAME = "เครือข่ายตัวเลขสมมติ (ไม่มีคนจริงอยู่เบื้องหลัง)"
OFFICERS = (("network-2", "เพ็ญศรี รวมยอด"), ("network-3", "อุดม ตรวจทาน"))
FUNDS = (("N2-A", "กองทุนสมมติทุ่งใหญ่", 1180), ("N2-B", "กองทุนสมมติบ้านเล็ก", 44), ("N2-C", "กองทุนสมมติริมเขา", 640))
LATE, GAP, RESTATED = "N2-C", "N2-A", "N2-B"
"""Who has not sent the last month, who left the third one out, and who sent the fifth anew with its reason."""
MONTHS = 12


class Counted:
    """A fund of numbers: `figures` {figure: n} as the month before ended; a month goes on from there."""

    def __init__(self, code, name, members, seed):
        self.code, self.name, self.chance = code, name, random.Random(seed)
        self.members, self.cash, self.seq, self.prev, self.sent = members, members * 36_500, 0, "", []
        self.private = Ed25519PrivateKey.from_private_bytes(self.chance.randbytes(32))
        public = self.private.public_key().public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)
        self.key = notes.Key(code, public)

    def month(self):
        """{figure: n} of the next month: members and cash go on from the month before."""
        chance, before, cash = self.chance, self.members, self.cash
        joined, left = chance.randint(0, before // 60 + 1), chance.randint(0, before // 150 + 1)
        contributed, other = before * 100 * chance.randint(27, 30), chance.choice((0, 0, before * 400))
        paid, spent = before * 100 * chance.randint(9, 24), 100 * chance.randint(before // 5, before)
        self.members, self.cash = before + joined - left, cash + contributed + other - paid - spent
        return {
            "members_before": before, "joined": joined, "restated": 0, "left": left, "members": self.members,
            "arrears": before * 100 * chance.randint(1, 9), "contributed": contributed, "other_income": other, "paid_out": paid,
            "expenses": spent, "cash_before": cash, "cash_and_bank": self.cash, "held_before": 0, "held": 0, "owed_before": 0, "owed": 0,
        }  # fmt: skip

    def header(self, period, due, size, *, at, restates=""):
        about = dict(at=at, parent=CODE, level="fund", size=size)
        return reports.head(self.code, self.name, period, **about) | {
            "agreed": ["treasurer", "auditor"],
            "cuts": {figure: sorted(cuts) for figure, cuts in due.items()},
            "dictionary": figures.dictionary(due),
            "groups": {cut: figures.groups_of(cut, size) for cuts in due.values() for cut in cuts},
            "position": {},
            "prev": self.prev,
            "restates": restates,
            "seq": self.seq,
        }

    def report(self, period, told, *, at, restates=""):
        """The bytes of the signed file of a month with these whole figures."""
        self.seq += 1
        size = figures.size_class(told["members"])
        due = {code: cuts for code, cuts in figures.due(period, size).items() if code in told}
        kept = {code: [["", n]] for code, n in told.items()} | self._split(told, due, size)
        small = {
            (code, cut, value)
            for code, cuts in due.items()
            for cut in cuts
            if cut not in figures.OPEN
            for value in figures.groups_of(cut, size)
            if 0 < kept[f"{code}|{cut}|{value}"][0][1] < 5 or (figures.FIGURES[code].unit == "satang" and told[code])
        }
        header = self.header(period, due, size, at=at, restates=restates)
        header = drafting.without_leaks(header, kept, small, self.sent)
        body = report_files.body(header, drafting.cells(header, kept, small))
        file = report_files.whole(body, [notes.line(self.key, self.private, body)])
        self.sent, self.prev = [report_files.read(file), *self.sent], report_files.read(file).sha256
        return file

    def _split(self, told, due, size):
        """{"figure|cut|value": rows}: each whole in parts that come to it."""
        found = {}
        for code, cuts in due.items():
            for cut in cuts:
                rest, values = told[code], figures.groups_of(cut, size)
                for value in values[:-1]:
                    part = rest * self.chance.randint(10, 60) // 100
                    found[f"{code}|{cut}|{value}"], rest = [["", part]], rest - part
                found[f"{code}|{cut}|{values[-1]}"] = [["", rest]]
        return found


def send(world):
    """The last twelve months that ended, of three funds; a person of that network has accepted what came, and two have signed its own."""
    at, province = world.at, units.get("52")
    unit = Unit.create(code=CODE, kind="network", name=NAME, admin_parent=province, network_parent=province)
    for handle, name in OFFICERS:
        about = dict(name=name, unit=unit, role="network", at=world.days_ago(world.begins))
        world.accounts[handle] = accounts.add(handle, **about)
    officers = [world.accounts[handle] for handle, _ in OFFICERS]
    periods = [month_members.month_before(f"{at.astimezone(BANGKOK):%Y-%m}")]
    while len(periods) < MONTHS:
        periods.insert(0, month_members.month_before(periods[0]))
    for seed, about in enumerate(FUNDS):
        fund = Counted(*about, seed=2570 + seed)
        keys.pin(fund.code, fund.key.text, at=at)
        for file in files(fund, periods, at):
            accept(file, officers[0], at)
    keys.new(CODE, last=None, at=at)
    for period in periods:
        draft = parent_reports.make(CODE, period, at=at, today=at.astimezone(BANGKOK).date())
        signed = signing.sign(draft.file, by=officers[0], agreed=officers[1], at=at, how="page")
        accept(signed.file, world.accounts["province"], at)


def files(fund, periods, at):
    """What a fund sends of these months."""
    for n, period in enumerate(periods):
        told = fund.month()
        if (fund.code, n) in ((LATE, MONTHS - 1), (GAP, 2)):
            continue
        yield fund.report(period, told, at=at)
        if (fund.code, n) == (RESTATED, 4):
            yield fund.report(period, told | {"arrears": told["arrears"] + 12_000}, at=at, restates=fund.prev)


def accept(file, account, at):
    received, _ = receiving.take(file, at=at)
    receiving.accept(received, account=account, how="page", at=at)
