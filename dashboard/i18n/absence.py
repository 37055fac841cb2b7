"""Why there is no number: one pill word and one reason sentence for each status and reason of an estimate row."""

from collections.abc import Mapping
from typing import Any

from dashboard.i18n.catalogue import Lang, has, text

Row = Mapping[str, Any]
_PILL_OF_REASON = {"missing": "missing", "not_due": "not_due", "not_stated": "not_stated", "no_points": "no_points"}


def is_drawn(row: Row) -> bool:
    """Has the row a number that may be shown? (`withheld` withholds the rank, not the estimate.)"""
    return row["status"] in ("ok", "withheld") and row["estimate"] is not None


def pill(row: Row, lang: Lang) -> str:
    """`缺报`, `未到期`, `未填报`, `无样本点`, `ⓢ 不公布`, `不可估计`, `不排名`."""
    return text(f"words.pill.{kind(row)}", lang)


def kind(row: Row) -> str:
    """Which of the kinds of absence: missing, not_due, not_stated, no_points, suppressed, not_estimable, withheld."""
    if row["status"] == "no_data":
        return _PILL_OF_REASON.get(row["reason"] or "", "missing")
    return str(row["status"]) if row["status"] in ("suppressed", "withheld") else "not_estimable"


def reason(row: Row, lang: Lang) -> str:
    """One sentence that says why, from the row's `reason`, else from its kind."""
    short = row["status"] == "not_estimable" and row["reason"] == "few_points"
    key = "words.reason.no_interval" if short else f"words.reason.{row['reason']}"
    known = key if row["reason"] and has(key, lang) else f"words.reason.{kind(row)}"
    return text(known, lang, n=row.get("n_points") or 0)
