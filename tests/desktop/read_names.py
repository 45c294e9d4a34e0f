"""Prints, as JSON, the accessible names and descriptions of a program's widgets. Runs with the system's Python."""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402


def walk(node, found, depth=0):
    if node is None or depth > 30:
        return
    for text in (node.get_name(), node.get_description()):
        if text:
            found.append(text)
    for index in range(min(node.get_child_count(), 500)):
        walk(node.get_child_at_index(index), found, depth + 1)


found = []
desktop = Atspi.get_desktop(0)
for number in range(desktop.get_child_count()):
    application = desktop.get_child_at_index(number)
    if application is not None and sys.argv[1] in (application.get_name() or "").lower():
        walk(application, found)
print(json.dumps(found))
