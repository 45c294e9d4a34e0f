"""Plug-ins are modules of ours that export a name."""

from __future__ import annotations

import pytest

from tokenwatch.alerts.rules import budget
from tokenwatch.base.plugins import exports


def test_exported_objects_are_found():
    assert budget.RULE in exports("tokenwatch.alerts.rules", "RULE")


def test_modules_without_the_name_are_passed_over():
    assert exports("tokenwatch.base", "RULE") == ()


def test_order_is_that_of_module_names():
    found = exports("tokenwatch.base", "__name__")
    assert list(found) == sorted(found)
    assert "tokenwatch.base.clock" in found


@pytest.mark.parametrize("package", ["os", "tokenwatch", "tokenwatchers.rules"])
def test_foreign_modules_are_never_plugins(package):
    with pytest.raises(ValueError, match="inside tokenwatch"):
        exports(package, "RULE")
