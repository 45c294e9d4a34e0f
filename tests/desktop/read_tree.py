"""Prints, as JSON, what a program shows to assistive technology: role, name, states and place of each thing.

Runs with the system's Python, whose package has the bindings.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

STATES = {
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "showing": Atspi.StateType.SHOWING,
}


def place(node):
    """Left, top, width and height on the screen; None of what has no place."""
    if "Component" not in node.get_interfaces():
        return None
    frame = node.get_extents(Atspi.CoordType.SCREEN)
    return [frame.x, frame.y, frame.width, frame.height]


def walk(node, found, depth=0):
    """What vanishes while the tree is read, as rows of a program that goes on do, is not in it."""
    if node is None or depth > 30:
        return
    try:
        states = node.get_state_set()
        found.append(
            {
                "role": node.get_role_name(),
                "name": node.get_name() or "",
                "description": node.get_description() or "",
                **{name: states.contains(state) for name, state in STATES.items()},
                "place": place(node),
            }
        )
        children = [node.get_child_at_index(index) for index in range(min(node.get_child_count(), 200))]
    except GLib.GError as error:
        if "No such object path" not in str(error):
            raise
        return
    for child in children:
        walk(child, found, depth + 1)


found = []
desktop = Atspi.get_desktop(0)
for number in range(desktop.get_child_count()):
    application = desktop.get_child_at_index(number)
    if application is not None and sys.argv[1] in (application.get_name() or "").lower():
        walk(application, found)
print(json.dumps(found))
