"""No circles: a module that another needs, directly or by way of others, does not need that one.

Imports inside functions and under TYPE_CHECKING count, as in test_imports.py. A package stands for its ``__init__``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.test_imports import PACKAGE, imports, modules

Needs = Mapping[str, Set[str]]


def needs_of_modules() -> dict[str, set[str]]:
    """Each module with those that it imports."""
    sources: dict[str, tuple[str, bool]] = {}
    for path in modules():
        is_package = path.name == "__init__.py"
        parts = path.parent.parts if is_package else path.with_suffix("").parts
        name = ".".join(parts[len(PACKAGE.parent.parts) :])
        sources[name] = path.read_text(encoding="utf-8"), is_package
    needs: dict[str, set[str]] = {}
    for name, (source, is_package) in sources.items():
        named = {imported for _, imported in imports(ast.parse(source), name, is_package)}
        found = {one if one in sources else one.rpartition(".")[0] for one in named}
        needs[name] = {one for one in found if one in sources and one != name}
    return needs


def circle(needs: Needs) -> list[str]:
    """The modules of one circle in order, the first named again at the end; empty if there is none."""
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_needs_itself_by_way_of_others() -> None:
    assert circle(needs_of_modules()) == []


@pytest.mark.parametrize(
    ("needs", "length"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set[str]()}, 0),
        ({"a": {"b"}, "b": {"a"}}, 3),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, 4),
    ],
)
def test_a_circle_is_found(needs: Needs, length: int) -> None:
    assert len(circle(needs)) == length


def test_modules_are_told_from_the_names_in_them() -> None:
    needs = needs_of_modules()
    assert "tokenwatch.base.usage" in needs["tokenwatch.ledger.entry"]
    assert "tokenwatch.base.settings_check" in needs["tokenwatch.base.settings_reading"], "inside a function"
    assert len(needs) == len(modules())
