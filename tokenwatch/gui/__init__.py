"""The tray app: everything a person sees in Qt, on the Qt thread.

Owns how PySide6 is loaded. Does not own any figure, and is imported by nobody below it.

Decisions
---------
*No hook in imports.* Context: PySide6 puts a function of its own before every import, to find modules that switch its
``__feature__`` names on; for that it reads the source text of each module that is imported after it, and keeps it.
That is nine megabytes and a tenth of a start. Decision: nothing here uses ``__feature__``, so the import from before
is put back as soon as PySide6 is there. Consequence: ``from __feature__ import ...`` does not work in this program.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - to be loaded now

_import_before = getattr(builtins, "__orig_import__", None)
if _import_before is not None:
    builtins.__import__ = _import_before
