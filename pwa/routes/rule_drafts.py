"""ร่างระเบียบ: a draft of a fund's regulation, a part at a time, tried out while it is typed."""

from flask import Blueprint, request, url_for

from pwa import rule_posted, template_cases
from pwa.access import current_account, requires
from pwa.domain import NotFound
from pwa.domain.fund import plainly, rule_drafts, rule_faults, rule_shapes, rule_trials, versions
from pwa.i18n import gettext as _
from pwa.keyless import without_key
from pwa.rule_fields import Fields
from pwa.rule_words import PARTS, SHAPES
from pwa.web import done, now, render

bp = Blueprint("rule_drafts", __name__, url_prefix="/rules/<string:fund_code>/drafts")
OFFICERS = rule_drafts.OFFICERS
SETTINGS = ("grace", "lapse", "cure", "waiting", "window", "paid_matters", "same_day_nights", "restart", "tenure_starts",
            "keeps_rights", "service_days", "appeal_days", "quorum", "administration_ceiling", "entry_fee_satang")  # fmt: skip
PATHS = {
    "general": (("name",), ("source",), ("cut_over_on",), ("questions",)),
    "settings": tuple(("settings", name) for name in SETTINGS),
    "plans": (("settings", "plans"),),
    "splits": (("pots",), ("splits",)),
    "urgent": (("settings", "urgent"),),
    "facts": (("facts",), ("shared",)),
}
"""{part: what of the document it asks}."""
BENEFIT = "benefit-"


@bp.get("")
@requires(*OFFICERS)
def index(fund_code):
    fund = rule_drafts.fund(fund_code, seen_by=current_account())
    last, over = rule_drafts.last_version(fund), rule_drafts.enforced(fund)
    drafts = [
        (one, None if one.row.id in over else one.checked().count(), one.row.base_id != last)
        for one in rule_drafts.of(fund)
    ]
    about = dict(templates=rule_drafts.templates(), has_version=bool(versions.of_fund(fund)))
    return render("rule_drafts/index.html", fund=fund, drafts=drafts, **about)


@bp.post("")
@requires(*OFFICERS)
@without_key
def begin(fund_code):
    fund = rule_drafts.fund(fund_code, seen_by=current_account())
    made = rule_drafts.begin(fund, request.form.get("source", ""), by=current_account(), at=now())
    return done(url_for("rule_drafts.show", fund_code=fund.code, n=made.row.number))


@bp.get("/<int:n>")
@requires(*OFFICERS)
def show(fund_code, n):
    draft = found(fund_code, n)
    checked = draft.checked()
    previous = rule_drafts.base_version(draft.row)
    version = checked.version if checked.is_whole else None
    parts = [(name, title, sum(checked.count(*path) for path in PATHS[name])) for name, title in PARTS.items()]
    about = dict(
        benefits=[(at, named(one)) for at, one in enumerate(draft.tree.get("benefits") or ())],
        told=plainly.told(version, previous) if version else None,
        dropped=plainly.dropped(version, previous) if version else [],
        is_enforced=rule_drafts.is_enforced(draft.row),
        is_replaced=rule_drafts.last_version(draft.fund) != draft.row.base_id,
        is_template_changed=rule_drafts.is_template_changed(draft.row),
    )
    page = dict(fund=draft.fund, draft=draft, checked=checked, parts=parts, shapes=SHAPES, previous=previous)
    return render("rule_drafts/show.html", **page, **about)


@bp.get("/<int:n>/parts/<string:part>")
@requires(*OFFICERS)
def edit(fund_code, n, part):
    draft = found(fund_code, n)
    paths, checked, asks_all = paths_of(draft, part), draft.checked(), "all" in request.args
    fields = Fields(draft.tree, checked)
    about = dict(part=part, asks_all=asks_all, is_benefit=part.startswith(BENEFIT))
    title = _(PARTS[part]) if part in PARTS else draft.tree["benefits"][at_of(part)].get("name") or _("Benefit")
    return render(
        "rule_drafts/edit.html",
        fund=draft.fund,
        draft=draft,
        title=title,
        count=sum(checked.count(*path) for path in overall(paths, part)),
        fields=[fields.of(path) for path in paths],
        **about,
        **(trials(draft, checked, at_of(part)) if about["is_benefit"] else {}),
    )


@bp.post("/<int:n>/parts/<string:part>")
@requires(*OFFICERS)
@without_key
def save(fund_code, n, part):
    draft = found(fund_code, n)
    seen = request.form.get("seen", 0, type=int)
    rule_drafts.save(draft, changes(draft, part), seen=seen, by=current_account(), at=now())
    more = {"all": "yes"} if "all" in request.form else {}
    where = request.form.get("add") or request.form.get("remove", "").rpartition(".")[0]
    return done(
        url_for("rule_drafts.edit", fund_code=fund_code, n=n, part=part, **more, _anchor=where and f"at-{where}")
    )


@bp.post("/<int:n>/parts/<string:part>/trials")
@requires(*OFFICERS)
@without_key
def try_out(fund_code, n, part):
    """The clause as it is typed in the form, not saved."""
    draft = found(fund_code, n)
    if not part.startswith(BENEFIT):
        raise NotFound
    tree = rule_drafts.changed(draft.tree, changes(draft, part))
    typed = draft._replace(tree=tree)
    about = trials(typed, rule_faults.check(tree), at_of(part))
    return render("rule_drafts/_cases.html", "rule_drafts/_cases.html", draft=typed, **about)


@bp.post("/<int:n>/benefits")
@requires(*OFFICERS)
@without_key
def add(fund_code, n):
    draft = found(fund_code, n)
    shape = request.form.get("shape", "")
    made = rule_shapes.begun(shape if shape in SHAPES else "", draft.tree)
    at = len(draft.tree.get("benefits") or ())
    seen = request.form.get("seen", 0, type=int)
    rule_drafts.save(draft, [(("benefits", at), made)], seen=seen, by=current_account(), at=now())
    return done(url_for("rule_drafts.edit", fund_code=fund_code, n=n, part=f"{BENEFIT}{at}"))


@bp.post("/<int:n>/parts/<string:part>/removal")
@requires(*OFFICERS)
@without_key
def remove(fund_code, n, part):
    draft = found(fund_code, n)
    if not part.startswith(BENEFIT):
        raise NotFound
    paths_of(draft, part)
    seen = request.form.get("seen", 0, type=int)
    rule_drafts.save(draft, [(("benefits", at_of(part)), "")], seen=seen, by=current_account(), at=now())
    return done(url_for("rule_drafts.show", fund_code=fund_code, n=n))


def found(fund_code, n):
    return rule_drafts.find(rule_drafts.fund(fund_code, seen_by=current_account()), n)


def at_of(part):
    told = part.removeprefix(BENEFIT)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 4 else -1


def named(benefit):
    return {"name": benefit.get("name", ""), "shape": rule_shapes.of(benefit)}


def paths_of(draft, part):
    """The paths that the form of a part asks. Raises NotFound."""
    if part in PATHS:
        return PATHS[part]
    benefits, at = draft.tree.get("benefits") or (), at_of(part)
    if not part.startswith(BENEFIT) or not 0 <= at < len(benefits):
        raise NotFound
    shape = rule_shapes.of(benefits[at])
    if not shape or "all" in request.values:
        return (("benefits", at),)
    return tuple(("benefits", at, *path) for path in rule_shapes.asked(shape))


def overall(paths, part):
    return [("benefits", at_of(part))] if part.startswith(BENEFIT) else paths


def changes(draft, part):
    """[(path, what stands there now)] by the form."""
    told = [
        (path, rule_posted.read(request.form, path, rule_drafts.part_at(draft.tree, path)))
        for path in paths_of(draft, part)
    ]
    if not part.startswith(BENEFIT):
        return told
    path = ("benefits", at_of(part))
    before = rule_drafts.part_at(draft.tree, path)
    after = rule_drafts.part_at(rule_drafts.changed(draft.tree, told), path)
    return [(path, rule_shapes.named_once(before, after))]


def trials(draft, checked, at):
    """What the page says of one benefit tried out."""
    benefit = draft.tree["benefits"][at]
    version = checked.version or rule_faults.alone(draft.tree, at)
    previous = rule_drafts.base_version(draft.row)
    code = benefit.get("code", "")
    faults = [told for some in checked.under("benefits", at).values() for told in some]
    if version is None or code not in version.benefits:
        return dict(faults=faults, trials=None, previous=previous)
    asked = template_cases.of(draft.row.template or version.regulation, version, code)
    return dict(faults=faults, trials=rule_trials.of(version, code, previous), published=asked, previous=previous)
