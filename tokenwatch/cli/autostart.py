"""``tokenwatch autostart``: whether TokenWatch starts at login, and switching that on or off.

Owns the words. Does not own the entry (system/autostart.py).
"""

from __future__ import annotations

from tokenwatch.cli.given import Given
from tokenwatch.cli.output import write
from tokenwatch.system.autostart import Autostart


def run(given: Given, choice: str) -> None:
    """``choice`` is on, off or status. Raises OSError."""
    entry = Autostart(given.paths)
    if choice != "status":
        entry.switch(choice == "on")
    # Read back: what counts is what the system will find.
    where = f" ({entry.place})" if entry.place is not None and entry.on else ""
    write(f"TokenWatch {'starts' if entry.on else 'does not start'} at login{where}.\n")
