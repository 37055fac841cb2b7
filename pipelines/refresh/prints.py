"""Fingerprints of large source files, kept with what the system said of each: an untouched file is not read again.

The system sets the time of the last change by itself, whatever dates a program gives the file. A file touched a moment
before it was looked at could change again within the same tick of the clock, and is read the next time too. Where every
file is read anyway, a very large one gets its fingerprint while it is parsed.
"""

import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.ingest import STRETCH, SourceFile, describe_state, fingerprint, put_off

LARGE = 16 * 2**20
_TICK = 5 * 10**9  # nanoseconds


@dataclass
class Prints:
    """The fingerprints in a file of the cache. `fresh`: every file is read."""

    path: Path
    fresh: bool = False
    _known: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Recall what was kept; what cannot be read counts as nothing."""
        try:
            known = {} if self.fresh else json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        self._known = known if isinstance(known, dict) else {}

    def look(self, path: Path, stat: os.stat_result) -> str:
        """The fingerprint of a file with that `stat`, or what stands for it until it is read. Raises OSError."""
        if stat.st_size < LARGE:
            return fingerprint(path)
        state = describe_state(stat)
        settled = max(stat.st_mtime_ns, stat.st_ctime_ns) < time.time_ns() - _TICK
        if self.fresh and settled and stat.st_size > STRETCH:
            return put_off(stat)
        sha256 = self._known.get(state)
        if not isinstance(sha256, str):
            sha256 = fingerprint(path)
        if settled:
            self._seen[state] = sha256
        return sha256

    def note(self, unread: SourceFile, sha256: str) -> None:
        """The fingerprint of a file that was put off."""
        if unread.state:
            self._seen[unread.state] = sha256

    def keep(self) -> None:
        """Write down those of the files looked at; half of it, after a power cut, counts as nothing. Raises OSError."""
        if self._seen != self._known:
            self.path.write_text(json.dumps(self._seen), encoding="utf-8")
