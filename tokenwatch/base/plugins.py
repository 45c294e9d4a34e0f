"""Finds readers, rules and panels: modules of a package of ours that export a given name.

Owns the search, in a source tree, a wheel or a packaged program. Does not look anywhere but inside
``tokenwatch``; foreign modules are never plug-ins.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache


@cache
def exports(package: str, name: str) -> tuple[object, ...]:
    """The objects called ``name`` in the direct modules of ``package``, in the order of module names."""
    if not package.startswith("tokenwatch."):
        raise ValueError(f"plug-ins live inside tokenwatch, not in {package}")
    home = importlib.import_module(package)
    found = []
    for info in sorted(pkgutil.iter_modules(home.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{package}.{info.name}")
        if hasattr(module, name):
            found.append(getattr(module, name))
    return tuple(found)
