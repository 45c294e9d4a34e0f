"""The command line: which command, with which options, and with which exit code it ends.

Owns the arguments, their checks, and what happens at Ctrl-C, a closed pipe or an error. Does not own what a command
prints (report.py, status.py, doctor.py) and does not start the tray app (``tokenwatch/__main__.py`` does).
Kept free of heavy imports: ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date, tzinfo
from pathlib import Path
from typing import Final, Literal, NoReturn

from tokenwatch import __version__
from tokenwatch.base.errors import TokenWatchError
from tokenwatch.base.text import plain

OK: Final = 0
WRONG: Final = 1
USAGE: Final = 2
INTERRUPTED: Final = 130
"""128 + the number of the signal, as shells have it."""

_KEYS: Final = "hour, day, week, month, agent, provider, model, project, session, branch, machine"

_DESCRIPTION: Final = """\
Shows how many coding agents run here, how fast they spend, and what the month will cost.
Without a command the tray app starts."""


def main(arguments: Sequence[str]) -> int:
    """Run the command in ``arguments``, print what it says and return the exit code. Never raises."""
    _prepare_output()
    try:
        options = _parser().parse_args(arguments)
        return int(options.command(options))
    except SystemExit as end:  # argparse: help was shown, or the command line is wrong
        return end.code if isinstance(end.code, int) else USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough. The interpreter must not try to flush it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except TokenWatchError as error:
        complain(str(error))
        return WRONG
    except OSError as error:
        complain(f"{error.filename or 'The system'}: {error.strerror or error}.")
        return WRONG


def complain(sentence: str) -> None:
    """One plain sentence on standard error."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(f"tokenwatch: {plain(sentence, 400)}\n")
        sys.stderr.flush()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        complain(f"{message}. See {self.prog} --help.")
        raise SystemExit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="tokenwatch", description=_DESCRIPTION, allow_abbrev=False, formatter_class=_Raw)
    parser.add_argument("--version", action="version", version=f"TokenWatch {__version__}")
    parser.add_argument("--background", action="store_true", help="start the tray app without opening its panel")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_status(commands.add_parser("status", help="what runs now, the rate, the month", allow_abbrev=False))
    _add_report(commands.add_parser("report", help="totals of the past, as a table, JSON or CSV", allow_abbrev=False))
    demo = commands.add_parser("demo", help="the tray app with a made-up hour to look at", allow_abbrev=False)
    demo.set_defaults(command=_demo)
    _add_doctor(commands.add_parser("doctor", help="what was found, what is wrong, what to do", allow_abbrev=False))
    autostart = commands.add_parser("autostart", help="whether TokenWatch starts at login", allow_abbrev=False)
    autostart.add_argument("choice", choices=("on", "off", "status"), nargs="?", default="status")
    autostart.set_defaults(command=_autostart)
    add = commands.add_parser
    _add_reconcile(add("reconcile", help="a month's cost here beside the providers' bills", allow_abbrev=False))
    _add_statusline(add("statusline", help="read Claude Code's limits from its status line", allow_abbrev=False))
    _add_forecast(add("forecast", help="what this month will cost, and how good that is", allow_abbrev=False))
    _add_explain(add("explain", help="where a figure comes from", allow_abbrev=False))
    _add_prices(add("prices", help="models without a price; give one, or fetch newer ones", allow_abbrev=False))
    return parser


class _Raw(argparse.RawDescriptionHelpFormatter):
    """Keeps the line break in the description."""


def _add_status(parser: argparse.ArgumentParser) -> None:
    parser.description = "What runs now, how fast tokens are spent, and the month."
    parser.add_argument("--json", action="store_true", help="print JSON; with --watch one object a line")
    parser.add_argument("--watch", action="store_true", help="stay and print a line at every change")
    parser.set_defaults(command=_status)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.description = "Totals from the ledger, after the logs were read up to now."
    add = parser.add_argument
    parser.set_defaults(command=_report)
    add("--by", type=_keys, default="day,agent,model", metavar="KEYS", help=f"a comma list of {_KEYS}; %(default)s")
    add("--since", type=_day, metavar="DATE", help="first day, as 2026-11-01")
    add("--until", type=_day, metavar="DATE", help="last day, included")
    add("--timezone", type=_zone, metavar="NAME", help="where days begin, as Europe/Berlin; default: your setting")
    add("--agent", type=_agents, action="extend", default=[], metavar="IDS", help="only these agents, as claude-code")
    add("--project", type=_project, default="", metavar="NAME", help="only this project: its folder or its name")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--csv", action="store_true", help="print comma-separated values")


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.description = "What TokenWatch looks at and what is wrong. Ends with 1 if anything is."
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=_doctor)


def _add_reconcile(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Listed cost beside the bill, per UTC day and model. Asks online only if you switched that on."
    )
    parser.add_argument("--month", type=_month, metavar="MONTH", help="as 2026-10; default: the present month (UTC)")
    parser.add_argument(
        "--import", dest="files", type=Path, action="extend", nargs="+", default=[], metavar="FILE",
        help="CSV files exported from the Claude Console or the OpenAI platform",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=_reconcile)


def _add_statusline(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Claude Code tells the limits of a plan only to its status line. With your consent its settings get a "
        "command that keeps those figures and then runs the status line you had. Without a word and with an input "
        "this is that command."
    )
    words = ("status", "install", "remove")
    parser.add_argument("what", nargs="?", choices=words, default="status", help="%(choices)s; default: %(default)s")
    parser.add_argument(
        "--yes", action="store_true", help="do not ask before the settings of Claude Code are changed"
    )
    parser.set_defaults(command=_statusline)


def _add_forecast(parser: argparse.ArgumentParser) -> None:
    parser.description = "What this month will cost, as a range."
    parser.add_argument("--backtest", action="store_true", help="how it would have done in your own past months")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=_forecast)


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.description = "Sources, requests, the prices used, and what is uncertain or without a price."
    parser.add_argument(
        "what",
        metavar="SESSION|DAY|MONTH|REQUEST",
        help="a session's id, 2026-11-28, 2026-11, or a request's number as --requests tells it",
    )
    parser.add_argument("--requests", type=_count, metavar="N", default=0, help="name the N dearest requests as well")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=_explain)


def _add_prices(parser: argparse.ArgumentParser) -> None:
    parser.description = "Without an option: models in use that have no price, and where prices come from."
    deed = parser.add_mutually_exclusive_group()
    deed.add_argument("--set", metavar="MODEL", help="give a model a price: with --input and --output")
    deed.add_argument("--same-as", nargs=2, metavar=("MODEL", "OTHER"), help="a model costs what another one does")
    deed.add_argument("--update", action="store_true", help="fetch newer prices now, from genai-prices on GitHub")
    deed.add_argument("--restate", action="store_true", help="bring closed months to the present prices, too")
    for name in ("input", "output", "cache-read", "cache-write-5m", "cache-write-1h"):
        parser.add_argument(f"--{name}", metavar="USD", help="dollars per million tokens")
    parser.add_argument("--from", dest="since", type=_day, metavar="DATE", help="the first day it holds")
    parser.set_defaults(command=_prices)


# Types of options: each gives the value, or one sentence about what is wrong with the text.


def _keys(text: str) -> tuple[str, ...]:
    from tokenwatch.insight.totals import KEYS

    keys = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [plain(key, 40) for key in keys if key not in KEYS]
    if unknown:
        raise argparse.ArgumentTypeError(f"cannot group by {', '.join(unknown)}; possible are {', '.join(KEYS)}")
    if not keys:
        raise argparse.ArgumentTypeError(f"needs at least one of {', '.join(KEYS)}")
    return keys


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{plain(text, 40)}" is not a day such as 2026-11-01') from None


def _count(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    raise argparse.ArgumentTypeError(f'"{plain(text, 40)}" is not a number of requests')


def _month(text: str) -> date:
    try:
        if len(text) != len("2026-10"):
            raise ValueError
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{plain(text, 40)}" is not a month such as 2026-10') from None


def _zone(text: str) -> tzinfo:
    from tokenwatch.base.zone import named

    zone = named(text)
    if zone is None:
        raise argparse.ArgumentTypeError(f'"{plain(text, 40)}" is not a time zone such as Europe/Berlin')
    return zone


def _agents(text: str) -> list[str]:
    from tokenwatch.readers.protocol import readers

    known = readers()
    agents = [part.strip() for part in text.split(",") if part.strip()]
    for agent in agents:
        if agent not in known:
            raise argparse.ArgumentTypeError(
                f'"{plain(agent, 40)}" is not an agent that is read; these are: {", ".join(sorted(known))}'
            )
    return agents


def _project(text: str) -> str:
    """A name stays a name; a relative path becomes the directory it means here."""
    if text in (".", "..") or text.startswith(("./", "../", ".\\", "..\\")):
        return str(Path(text).resolve())
    return text.rstrip("/") or text


# Commands. Their modules are imported when they are used.


def _status(options: argparse.Namespace) -> int:
    from tokenwatch.cli.given import Given
    from tokenwatch.cli.status import show, watch

    if not options.watch:
        show(Given.of_user(), as_json=options.json)
        return OK
    with contextlib.suppress(KeyboardInterrupt):  # the way to end it
        watch(Given.of_user(), as_json=options.json)
    return OK


def _report(options: argparse.Namespace) -> int:
    from tokenwatch.cli.given import Given
    from tokenwatch.cli.report import Question, run

    if options.since and options.until and options.since > options.until:
        complain("--since is later than --until. See tokenwatch report --help.")
        return USAGE
    question = Question(
        options.by, options.since, options.until, options.timezone, tuple(options.agent), options.project
    )
    form: Literal["table", "json", "csv"] = "json" if options.json else "csv" if options.csv else "table"
    for sentence in run(Given.of_user(), question, form):
        complain(sentence)
    return OK


def _forecast(options: argparse.Namespace) -> int:
    from tokenwatch.cli.forecast import run
    from tokenwatch.cli.given import Given

    for sentence in run(Given.of_user(), backtested=options.backtest, as_json=options.json):
        complain(sentence)
    return OK


def _explain(options: argparse.Namespace) -> int:
    from tokenwatch.cli.explain import run
    from tokenwatch.cli.given import Given

    for sentence in run(Given.of_user(), options.what, as_json=options.json, most=options.requests):
        complain(sentence)
    return OK


def _prices(options: argparse.Namespace) -> int:
    from tokenwatch.cli.given import Given
    from tokenwatch.cli.prices import Wish, run

    names = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")
    rates = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if bool(rates or options.since) != bool(options.set):
        complain("--set needs --input and --output, and they need --set. See tokenwatch prices --help.")
        return USAGE
    same = options.same_as or ("", "")
    wish = Wish(options.set or same[0], same[1], rates, options.since, options.update, options.restate)
    for sentence in run(Given.of_user(), wish):
        complain(sentence)
    return OK


def _autostart(options: argparse.Namespace) -> int:
    from tokenwatch.cli.autostart import run
    from tokenwatch.cli.given import Given

    run(Given.of_user(), options.choice)
    return OK


def _doctor(options: argparse.Namespace) -> int:
    from tokenwatch.cli.doctor import run
    from tokenwatch.cli.given import Given

    return OK if run(Given.of_user(), as_json=options.json) else WRONG


def _demo(options: argparse.Namespace) -> int:
    """Without further options the demo is a face of its own and does not come here."""
    complain("The demo takes no options. See tokenwatch --help.")
    return USAGE


def _reconcile(options: argparse.Namespace) -> int:
    from tokenwatch.cli.given import Given
    from tokenwatch.cli.reconcile import Question, run

    for sentence in run(Given.of_user(), Question(options.month, tuple(options.files)), as_json=options.json):
        complain(sentence)
    return OK


def _statusline(options: argparse.Namespace) -> int:
    from tokenwatch.cli.given import Given
    from tokenwatch.cli.statusline import run

    return OK if run(Given.of_user(), options.what, agreed=options.yes) else WRONG


def _prepare_output() -> None:
    """A name in a log may hold what the terminal's encoding cannot; logging is for the app, not for a terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    logging.getLogger("tokenwatch").addHandler(logging.NullHandler())
