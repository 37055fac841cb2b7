"""What breaks a tie: a question that this snapshot cannot be asked."""

from dataclasses import dataclass
from typing import Final

from dashboard.answers.parse import breakdowns_of
from dashboard.briefing import texts, wording
from dashboard.briefing.deck import BUILDERS
from dashboard.briefing.queries import Query
from dashboard.warehouse import Snapshot
from pipelines.contracts.breakdowns import POINT_TYPE
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import INDICATORS

_KINDS: Final = (*BUILDERS, "map", "pair")


@dataclass(frozen=True)
class Fault:
    """Why a shape cannot be refreshed: a key of `briefing.why`, and the word that is wrong."""

    why: str
    word: str = ""


def find_fault(query: Query, snapshot: Snapshot, last: int | None = None) -> Fault | None:
    """The first fault of a query, moved to `last`; None where it can be asked."""
    fault = _find_unknown(query, snapshot)
    if fault is not None:
        return fault
    if not (_are_columns_known(query) and _is_wording_known(query)):
        return Fault("unreadable")
    moved = query if last is None else query.moved(last)
    return Fault("period") if snapshot.months is None or moved.first < snapshot.months[0] else None


def _find_unknown(query: Query, snapshot: Snapshot) -> Fault | None:
    """A kind of shape, an indicator or a region that is not known."""
    role, _, kind = query.subject.partition(".")
    if query.subject not in BUILDERS and query.subject != "map" and role not in wording.ROLES:
        return Fault("kind", query.subject)
    if kind and kind not in (*_KINDS, "cover", "text", "method"):
        return Fault("kind", query.subject)
    unknown = next((i for i in query.indicators if i not in INDICATORS), None)
    if unknown is not None:
        return Fault("indicator", unknown)
    return None if query.region in set(snapshot.regions["code"]) else Fault("region", query.region)


def _are_columns_known(query: Query) -> bool:
    columns = {c for c, _ in query.where} | ({query.by} if query.by else set())
    return columns <= {*breakdowns_of(INDICATORS[query.indicator]), POINT_TYPE.column}


def _is_wording_known(query: Query) -> bool:
    try:
        for line in query.wording.split("\n"):
            for _, name, _, _ in texts.parse_names(line):
                if name is not None:
                    texts.split_name(name)
    except RequestError:
        return False
    return True
