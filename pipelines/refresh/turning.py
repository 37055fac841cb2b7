"""Days on which a report becomes due, a month final or cut fine: a snapshot made before such a day judges them otherwise."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pipelines.contracts import months
from pipelines.contracts.codes import RETURN_LEDGER
from pipelines.contracts.policy import Policy


def has_turned(manifest: dict[str, Any], today: date) -> bool:
    """Did such a day pass since the day of the snapshot? Months are those from the first reported one to this one."""
    if not manifest["months"]:
        return False
    as_of, policy = date.fromisoformat(manifest["as_of"]), Policy.model_validate(manifest["policy"])
    span = months.span(manifest["months"][0], months.of_date(today))
    return any(as_of < day <= today for month in span for day in _list_turns(month, policy))


def _list_turns(month: int, policy: Policy) -> Iterator[date]:
    for ledger in RETURN_LEDGER.codes:
        yield policy.due.find_day(ledger, month)
        yield policy.due.find_final(ledger, month)
    yield policy.due.find_release("staff", month)
