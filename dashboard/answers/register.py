"""Registers: plans and feedback, counted as they are, without sampling error (DATA.md §4, kind `register`)."""

from typing import Any

from dashboard.answers.request import Request
from dashboard.warehouse import Snapshot
from pipelines.contracts.errors import RequestError
from pipelines.contracts.indicators import Indicator


def answer_register(snapshot: Snapshot, indicator: Indicator, request: Request) -> list[dict[str, Any]]:
    """Records of a register. Raises RequestError: the plans and feedback registers are published, not yet reported on."""
    raise RequestError(
        f"“{indicator.zh}”是登记数，本版本尚不提供；登记数据见快照的 fact_plan、fact_feedback 表。",
        f"{indicator.id} is a register that this version does not report yet; see fact_plan and fact_feedback in the snapshot.",
    )
