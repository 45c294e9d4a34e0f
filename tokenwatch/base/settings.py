"""Settings: what the user may change, in a commented TOML file that can be edited by hand.

Owns names, defaults, reading, checking with line numbers, and writing that keeps the user's comments.
Does not own where the file is (base/paths.py) or the dialog that edits it.
"""

from __future__ import annotations
