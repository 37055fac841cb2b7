"""The tray of a briefing: charts chosen while exploring, carried in the address, so that a link carries them too.

An entry is `chart~indicators~region~by~filters`, entries stand apart by `~~`; `-` stands for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pipelines.contracts.indicators import INDICATORS

MOST: Final = 20
_APART, _PART, _NONE = "~~", "~", "-"
_ENTRY = re.compile(r"[a-z]+~[a-z0-9_.]+~\d{6}~(?:-|[a-z_]+)~(?:-|[a-z0-9_.]+(?:-[a-z0-9_.]+)*)")


@dataclass(frozen=True)
class Entry:
    """A chart of a briefing: its kind in an outline, of what, where, grouped by and filtered how."""

    chart: str
    indicators: tuple[str, ...]
    region: str
    by: str | None = None
    where: tuple[tuple[str, str], ...] = ()

    @property
    def slide(self) -> Mapping[str, Any]:
        """The entry as a slide of an outline."""
        known = {"chart": self.chart, "indicators": list(self.indicators), "region": self.region}
        if self.by:
            known["by"] = self.by
        if self.where:
            known["where"] = [f"{column}={code}" for column, code in self.where]
        return known


Tray = tuple[Entry, ...]


def write_tray(tray: Tray) -> str:
    """The tray as it stands in an address."""
    return _APART.join(
        _PART.join((
            e.chart, ".".join(e.indicators), e.region, e.by or _NONE, "-".join(f"{c}.{v}" for c, v in e.where) or _NONE
        )) for e in tray
    )  # fmt: skip


def read_tray(value: str) -> Tray | None:
    """The tray of an address; None where it is not understood."""
    entries = [_read_entry(part) for part in value.split(_APART)] if value else []
    return None if None in entries or len(entries) > MOST else tuple(e for e in entries if e)


def _read_entry(part: str) -> Entry | None:
    if not _ENTRY.fullmatch(part):
        return None
    chart, indicators, region, by, where = part.split(_PART)
    names = tuple(indicators.split("."))
    pairs = [] if where == _NONE else [w.partition(".")[::2] for w in where.split("-")]
    if not all(name in INDICATORS for name in names) or not all(code for _, code in pairs):
        return None
    return Entry(chart, names, region, None if by == _NONE else by, tuple(pairs))
