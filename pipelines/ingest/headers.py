"""Headers: finding the header of a table of text and recognising the ledger by it.

A header is one row, or two rows of which the upper one groups columns under merged cells. The ledger whose required
columns are all there is recognised; two of them, or two alike where none is whole, are an ambiguity, not a guess.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipelines.contracts.ledgers import LEDGERS, Column, Ledger
from pipelines.ingest.traditional import TRADITIONAL

SEARCH_ROWS = 30
_LONGEST_HEADER = 40
_NOISE = re.compile(r"[\s_*\u200b-\u200f\ufeff]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_TO_SIMPLIFIED = str.maketrans(TRADITIONAL)
_LEAST_MATCHES = 2
_LEAST_SHARE = 0.5

Cells = Sequence[str | None]


@dataclass(frozen=True)
class Header:
    """A recognised header.

    `columns`: canonical name → position. `first`, `last`: its rows, from 0. `missing`: required columns that are not
    there. `extra`: position → labels of the columns that the ledger does not have. `rivals`: other ledgers that
    fit as well, where it is ambiguous.
    """

    ledger: Ledger
    columns: dict[str, int]
    first: int
    last: int
    missing: tuple[Column, ...]
    extra: dict[int, tuple[str, ...]]
    rivals: tuple[Ledger, ...] = ()


def normalise(text: str) -> tuple[str, ...]:
    """The forms in which a header cell may be known: whole, and without bracketed remarks such as units."""
    whole = _NOISE.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_SIMPLIFIED).casefold().strip(":：")
    bare = _BRACKETED.sub("", whole)
    return (whole, bare) if bare and bare != whole else (whole,)


@cache
def _words(ledger_name: str) -> dict[str, str]:
    """Every accepted header word of a ledger to its column; exact words win over bracketless ones."""
    columns = LEDGERS[ledger_name].columns
    known = [(form, c.name) for c in columns for word in (c.name, c.zh, c.en, *c.synonyms) for form in normalise(word)]
    return dict(reversed(known))


def find_header(rows: Sequence[Cells]) -> Header | None:
    """The best header within the given first rows of a table; None where no ledger is recognised."""
    found = [
        header
        for top in range(len(rows))
        for labels, last in _candidates(rows, top)
        for ledger in LEDGERS.values()
        if (header := _fit(labels, ledger, top, last)) is not None
    ]
    if not found:
        return None
    best = max(found, key=_score)
    there = [h for h in found if h is not best and (h.first, h.last) == (best.first, best.last)]
    return replace(best, rivals=tuple(h.ledger for h in there if not h.missing or _score(h) == _score(best)))


def _score(header: Header) -> tuple[bool, int, bool]:
    return not header.missing, len(header.columns), header.first == header.last


def _candidates(rows: Sequence[Cells], top: int) -> list[tuple[list[tuple[str, ...]], int]]:
    """Labels a column (in order of preference) of the row alone, and of it as the upper of two."""
    alone: list[tuple[str, ...]] = [(cell,) if cell else () for cell in rows[top]]
    found = [(alone, top)] if any(alone) else []
    if found and top + 1 < len(rows) and any(rows[top + 1]):
        found.append((_combine(rows[top], rows[top + 1]), top + 1))
    return found


def _combine(upper: Cells, lower: Cells) -> list[tuple[str, ...]]:
    labels: list[tuple[str, ...]] = []
    group = ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        if below:
            labels.append((below, group + below, below + group) if group else (below,))
        else:
            labels.append((above,) if above else ())
    return labels


def _fit(labels: list[tuple[str, ...]], ledger: Ledger, first: int, last: int) -> Header | None:
    words = _words(ledger.name)
    columns: dict[str, int] = {}
    extra: dict[int, tuple[str, ...]] = {}
    for position, texts in enumerate(labels):
        short = [t for t in texts if len(t) <= _LONGEST_HEADER]
        name = next((words[f] for t in short for f in normalise(t) if f in words), None)
        if name is None or name in columns:
            extra |= {position: texts} if texts else {}
        else:
            columns[name] = position
    required = [c for c in ledger.columns if c.required]
    missing = tuple(c for c in required if c.name not in columns)
    if len(columns) < _LEAST_MATCHES or len(required) - len(missing) < _LEAST_SHARE * len(required):
        return None
    return Header(ledger, columns, first, last, missing, extra)
