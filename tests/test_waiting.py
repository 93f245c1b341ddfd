"""No story looks at a page once and believes it: what a page shows comes when its scripts are done, on a busy machine later.

`expect(…)` and `until` ask until it is as it should be. A page's own functions, called by `evaluate`, answer when they are done.
"""

import ast
from pathlib import Path

import pytest

from tests.test_house_rules import named, none

STORIES = sorted((Path(__file__).parent / "browser").rglob("*.py"))
LOOKS = set(
    "inner_text all_inner_texts text_content all_text_contents inner_html input_value get_attribute content title count "
    "is_visible is_hidden is_checked is_enabled is_disabled is_editable".split()
)


def looks(node, known):
    """Whether anything in it tells how a page is at this moment, or bears a name that holds or gives such a look."""
    if isinstance(node, ast.Lambda):
        return False  # whoever was given it asks again
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of = ast.unparse(node.func.value)
        if node.func.attr in LOOKS and ".select(" not in of and not (node.func.attr == "count" and node.args):
            return True
        if node.func.attr == "evaluate" and any(
            ast.unparse(one).startswith("'() => document") for one in node.args[:1]
        ):
            return True
    return any(looks(child, known) for child in ast.iter_child_nodes(node))


def believed(source):
    """The lines of a module that assert what was looked at once."""
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    returned = {
        one.name: [r.value for r in ast.walk(one) if isinstance(r, ast.Return) and r.value] for one in functions
    }
    givers = {name for name, values in returned.items() if any(looks(value, ()) for value in values)}
    for function in functions:
        known = set(givers)
        for one in sorted(ast.walk(function), key=lambda one: getattr(one, "lineno", 0)):
            if isinstance(one, ast.Assign) and looks(one.value, known):
                known |= {name.id for target in one.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
            if isinstance(one, ast.Assert) and (looks(one.test, known) or "page.url" in ast.unparse(one.test)):
                yield one.lineno


def test_every_story_waits_for_what_it_asserts():
    none([f"{named(path)}:{line}" for path in STORIES for line in believed(path.read_text())])


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("assert '1' in page.locator('b').inner_text()", True),
        ("assert page.locator('b').is_hidden()", True),
        ("said = page.locator('b').inner_text()\n    assert said", True),
        ("assert shown(page) == '1'", True),
        ("assert phone.page.url.endswith('/me')", True),
        ("assert page.evaluate('() => document.activeElement.name') == 'a'", True),
        ("expect(page.locator('b')).to_contain_text('1')", False),
        ("phone.until(lambda: page.locator('b').count() == 2)", False),
        ("assert page.evaluate(HELD) > 10", False),
        ("assert Entry.select().count() == 1", False),
        ("code = page.locator('.code').inner_text()\n    fill(code)", False),
    ],
)
def test_it_tells_a_look_from_waiting(line, is_refused):
    story = f"def shown(page):\n    return page.title()\n\n\ndef test_it(page, phone):\n    {line}\n"
    assert bool(list(believed(story))) == is_refused
