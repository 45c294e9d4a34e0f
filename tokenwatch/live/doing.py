"""Doing: what a session or sub-agent does at this moment, by the kind of tool it called.

Owns which tool is which kind of work. Does not own the turns (states.py) and keeps nothing: what is shown is gone
with the next event.
"""

from __future__ import annotations

from typing import Final

from tokenwatch.base.session import Activity, Doing
from tokenwatch.live.states import Phase, Turns

_KINDS: Final = {
    Activity.READING: "read view notebookread open_file read_file view_file cat read_many_files",
    Activity.EDITING: (
        "edit multiedit write notebookedit apply_patch patch write_file replace edit_file str_replace create_file "
        "create str_replace_editor multi_edit"
    ),
    Activity.SEARCHING: (
        "grep glob ls search list find codebase_search grep_search glob_search search_file_content list_directory "
        "list_dir file_search toolsearch"
    ),
    Activity.RUNNING: (
        "bash bashoutput shell exec_command local_shell run_shell_command run_terminal_cmd execute exec powershell "
        "write_stdin terminal run_command local_shell_call"
    ),
    Activity.FETCHING: "webfetch websearch web_search web_fetch fetch google_web_search read_web_page",
    Activity.DELEGATING: (
        "agent task subagent spawn_agent wait_agent wait send_input taskoutput delegate dispatch_agent sendmessage"
    ),
    Activity.PLANNING: "todowrite todo_write update_plan todoread exitplanmode enterplanmode taskcreate taskupdate",
}
_ACTIVITY: Final = {tool: activity for activity, tools in _KINDS.items() for tool in tools.split()}

DELEGATING_TOOLS: Final = frozenset(tool for tool, activity in _ACTIVITY.items() if activity is Activity.DELEGATING)


def activity_of(tool: str) -> Activity:
    return _ACTIVITY.get(tool.lower(), Activity.OTHER)


def doing_of(turns: Turns) -> Doing | None:
    """The latest unanswered tool call, else thinking; None outside a turn."""
    if turns.phase is not Phase.OPEN:
        return None
    call = turns.newest_tool
    if call is None:
        return Doing(Activity.THINKING, since=turns.latest or turns.since)
    return Doing(activity_of(call.tool), call.tool, call.target, call.time)
