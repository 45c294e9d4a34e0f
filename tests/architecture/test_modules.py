"""Every module says what it owns, stays small, has a telling name and does nothing while it is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tokenwatch"

MOST_LINES = 400
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "tools", "stuff"}
OPENERS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "iterdir", "glob", "scandir"}
STARTERS = {"Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "Process", "Popen", "run", "socket"}
ENVIRONMENT = {"environ", "environb"}
ENVIRONMENT_CALLS = {"getenv", "home", "expanduser", "gettempdir"}

MODULES = sorted(PACKAGE.rglob("*.py"))
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())


def evaluated_on_import(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes that run when the module is imported: not the bodies of functions, nor of the script guard."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test):
            continue
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif isinstance(node, ast.Lambda):
            waiting += [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        else:
            waiting += ast.iter_child_nodes(node)


def deeds(source: str) -> list[str]:
    """What a module with this source does on import that it may not."""
    found = []
    for node in evaluated_on_import(ast.parse(source)):
        name = ""
        if isinstance(node, ast.Attribute):
            name = node.attr
        elif isinstance(node, ast.Name):
            name = node.id
        elif isinstance(node, ast.Call):
            function = ast.unparse(node.func).rsplit(".", 1)[-1]
            if function in OPENERS:
                found.append(f"line {node.lineno}: touches files ({function})")
            elif function in STARTERS:
                found.append(f"line {node.lineno}: starts something ({function})")
            elif function in ENVIRONMENT_CALLS:
                found.append(f"line {node.lineno}: reads the environment ({function})")
        if name in ENVIRONMENT:
            found.append(f"line {node.lineno}: reads the environment ({name})")
    return found


def empty_words(relative: Path) -> set[str]:
    words = {word for part in relative.with_suffix("").parts for word in part.split("_")}
    return words & EMPTY_NAMES


@each_module
def test_begins_with_a_docstring(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring and len(docstring.split()) >= 3, "say what the module owns and what it does not"


@each_module
def test_stays_under_the_alarm(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{lines} lines: split it by what is owned"


@each_module
def test_is_named_after_the_thing_in_it(path: Path) -> None:
    assert not empty_words(path.relative_to(PACKAGE))


@each_module
def test_does_nothing_on_import(path: Path) -> None:
    found = deeds(path.read_text(encoding="utf-8"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "DATA = open('x').read()",
        "from pathlib import Path\nDATA = Path('x').read_text()",
        "import threading\nthreading.Thread(target=print).start()",
        "import os\nHOME = os.environ['HOME']",
        "from os import getenv\nHOME = getenv('HOME')",
        "import os\ndef f(home=os.environ.get('HOME')): ...",
        "from pathlib import Path\nclass A:\n    home = Path.home()",
        "import subprocess\nif True:\n    subprocess.run(['true'])",
    ],
)
def test_a_deed_is_found(source: str) -> None:
    assert deeds(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    return open('x')",
        "import os\ndef f():\n    return os.environ",
        "import subprocess\nif __name__ == '__main__':\n    subprocess.run(['true'])",
        "class A:\n    def run(self):\n        self.open()",
    ],
)
def test_what_waits_for_a_call_is_no_deed(source: str) -> None:
    assert deeds(source) == []


def test_an_empty_name_is_found() -> None:
    assert empty_words(Path("ledger/row_helpers.py")) == {"helpers"}
    assert empty_words(Path("gui/panels/live.py")) == set()
