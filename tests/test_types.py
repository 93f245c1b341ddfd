"""What a public function of the domain takes and gives is said once and stays said; strictly checked is what pyproject.toml lists."""

import ast

from tests.sources import DOMAIN, tree

TYPED = 64
"""So many have types by now. The number only rises."""


def test_public_functions_of_the_domain_keep_their_types():
    public = [
        node
        for path in DOMAIN
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    typed = [node for node in public if node.returns and all(one.annotation for one in every_argument(node))]
    assert len(typed) >= TYPED, f"{len(typed)} of {len(public)}"


def every_argument(function):
    given = function.args
    return [one for one in (*given.args, *given.kwonlyargs, given.vararg, given.kwarg) if one]
