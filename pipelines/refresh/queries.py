"""The queries of the marts kept between refreshes, so that only the first one loads what writes them."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class KeptQueries:
    """The queries in a file of the cache; what cannot be read counts as nothing."""

    path: Path
    known: dict[str, Any] = field(default_factory=dict)
    _before: str = ""

    def __post_init__(self) -> None:
        """Recall what was kept."""
        try:
            self._before = self.path.read_text(encoding="utf-8")
            known = json.loads(self._before)
        except (OSError, ValueError):
            return
        self.known = known if isinstance(known, dict) else {}

    def keep(self) -> None:
        """Write down what is known now. Raises OSError."""
        text = json.dumps(self.known)
        if text != self._before:
            self.path.write_text(text, encoding="utf-8")
