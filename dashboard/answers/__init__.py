"""One question in, one policed frame out: the only door to a figure.

`answer` reads what a question needs from the snapshot, has it estimated, says what is absent and why, and applies
disclosure and ranking policy. `observe` gives the purposive points, which are never estimated.
"""

from dashboard.answers.answer import answer, series
from dashboard.answers.observations import observe
from dashboard.answers.parse import build_request
from dashboard.answers.periods import default_period, provisional_months
from dashboard.answers.policy import find_quarter, is_by_quarter
from dashboard.answers.request import ESTIMATE_COLUMNS, Request

__all__ = [
    "ESTIMATE_COLUMNS", "Request", "answer", "build_request", "default_period", "find_quarter", "is_by_quarter", "observe",
    "provisional_months", "series",
]  # fmt: skip
