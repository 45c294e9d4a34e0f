"""Matching: which model of a provider an id means, by the matching rules of the price table.

Owns those rules and saying how sure a match is. Does not own the models' prices (listing.py) or which ids are worth
trying (names.py).

Decisions
---------
*A provider's whole ids stand in a dictionary.* Context: a provider has up to a thousand models, and of several that
match, the first counts. Decision: a written-out id gives its first model at once, and only rules of models before it
are tried. Consequence: the same answer as trying all in order, in microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from tokenwatch.pricing.names import regionless, shortened
from tokenwatch.pricing.rates import Confidence

Clause = str | tuple[str, ...]
"""A rule: its kind as one character, then text in lower case. Of a model's several rules one must hold; of several
in a tuple, all.

``=`` the id is the text; ``^`` begins with it; ``$`` ends with it; ``~`` contains it; ``/`` the text is a regular
expression that is found in the id.
"""

# The beginning of a regular expression that every match has, unless it has alternatives.
_BEGINNING: Final = re.compile(r"\^((?:[a-z0-9/-]|\\\.)+)(?![*+?{])")
_COMPACT_DATE: Final = re.compile(r"-(20[0-9]{2})([0-9]{2})([0-9]{2})(?=[-:]|\Z)")


def holds(clause: Clause, ref: str) -> bool:
    """Whether a rule holds for ``ref``, which is in lower case."""
    if not isinstance(clause, str):
        return all(holds(part, ref) for part in clause)
    kind, text = clause[:1], clause[1:]
    if kind == "=":
        return ref == text
    if kind == "^":
        return ref.startswith(text)
    if kind == "$":
        return ref.endswith(text)
    if kind == "~":
        return text in ref
    # Most expressions are about one model: compiling them all would cost more than every other lookup together.
    return kind == "/" and ref.startswith(_beginning(text)) and re.search(text, ref) is not None


def dashed_dates(ref: str) -> str:
    """``-20260131`` at the end of an id or before a tag as ``-2026-01-31``, if there is such a day."""

    def dashed(found: re.Match[str]) -> str:
        year, month, day = map(int, found.groups())
        try:
            return f"-{date(year, month, day)}"
        except ValueError:
            return found[0]

    return _COMPACT_DATE.sub(dashed, ref)


class Finder:
    """Finds, in a list of models given by their rules, the first of which one holds."""

    def __init__(self, models: Iterable[Sequence[Clause]]) -> None:
        self._whole: dict[str, int] = {}
        self._others: list[tuple[int, Clause]] = []
        for index, clauses in enumerate(models):
            for clause in clauses:
                if isinstance(clause, str) and clause.startswith("="):
                    self._whole.setdefault(clause[1:], index)
                else:
                    self._others.append((index, clause))

    def first(self, ref: str) -> int | None:
        """Its place in the list, or None."""
        whole = self._whole.get(ref)
        for index, clause in self._others:
            if whole is not None and index >= whole:
                break
            if holds(clause, ref):
                return index
        return whole


def label(ref: str, own: str, match: Sequence[Clause]) -> Confidence:
    """What to call the match of ``ref`` with the model ``own`` that has the rules ``match``."""
    own = own.lower()
    known = {own, shortened(own)[1]}
    if ref in known:
        return "exact"
    known.update(text for kind, text in _parts(match) if kind != "/")
    short = shortened(ref)
    if any(each != ref and each in known for each in short):
        return "dated"
    # Another whole name that the table lists, or one that a pattern with an end covers.
    if ref in known or regionless(short[0]) in known:
        return "alias"
    if any(kind == "/" and text.endswith("$") and holds("/" + text, ref) for kind, text in _parts(match)):
        return "alias"
    return "prefix"


def _parts(match: Iterable[Clause]) -> Iterator[tuple[str, str]]:
    for clause in match:
        for part in (clause,) if isinstance(clause, str) else clause:
            yield part[:1], part[1:]


@lru_cache(maxsize=512)
def _beginning(expression: str) -> str:
    found = None if "|" in expression else _BEGINNING.match(expression)
    return found[1].replace("\\.", ".") if found else ""
