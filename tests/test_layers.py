"""Who may import whom: routes, domain and database apart, and the groups of the domain in one order."""

import ast
import graphlib
import re

from tests.sources import DOMAIN, ROOT, ROUTES, imports, named, none, tree

GROUPS = (
    "text crypto places people kinds custody register fund network review desk fieldwork privacy operations".split()
)


def broken(paths, *forbidden):
    return [
        f"{named(path)} imports {module}"
        for path in paths
        for module in imports(path)
        if module.split(".")[0] in forbidden
    ]


def test_it_keeps_the_layers_apart():
    web = ("flask", "flask_babel", "htmx_flask", "werkzeug")
    none(broken(DOMAIN, *web))
    none([f"{named(path)}: {m}" for path in DOMAIN for m in imports(path) if re.match(r"pwa\.(?!domain)", m)])
    none(broken(ROUTES, "peewee", "playhouse", "db"))
    none(broken(sorted((ROOT / "db").rglob("*.py")), "pwa", "flask"))


def test_a_group_of_the_domain_imports_only_those_above_it():
    """GROUPS from the top; within a group no circle either, so that a module can be read after those that it names."""
    rooms = [path.name for path in sorted((ROOT / "pwa/domain").iterdir()) if (path / "__init__.py").exists()]
    none(set(rooms) ^ set(GROUPS))
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in DOMAIN}
    needs = {name: sorted(set(names_imported(path)) & modules.keys() - {name}) for name, path in modules.items()}
    place = {name: GROUPS.index(name.split(".")[2]) for name in modules if name.split(".")[2:-1]}
    none([f"{n} imports {m}" for n, named in needs.items() for m in named if place.get(m, -1) > place.get(n, 99)])
    assert list(graphlib.TopologicalSorter(needs).static_order()), "a circle raises CycleError and names it"


def names_imported(path):
    """What a file imports, as `package.name` too: whichever of them is a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
