"""Messages of the 谈减负 channel one by one: found by their words, how long closing took, and what was done.

Texts were masked of ID-card and mobile numbers when they were taken in (DATA.md §2); they are shown as they stand.
"""

import unicodedata
from functools import lru_cache

import polars as pl

from dashboard.answers.feedback import within
from dashboard.answers.organisers import Filters
from dashboard.warehouse import Snapshot

# Days to closing: name → the most days; a message that is not closed is `open`.
SPELLS = {"week": 7, "fortnight": 15, "month": 30, "longer": None}


@lru_cache(maxsize=64)
def list_messages(snapshot: Snapshot, region: str, first: int, last: int, where: Filters) -> pl.DataFrame:
    """Messages submitted in the period about a region and what lies in it, the newest first.

    `feedback_id, submitted_at, region_code, kind, theme, status, closed_at, action, text`, `days` (to closing, null while open),
    `age` (days since it was submitted, on the day of the snapshot) and `spell`, a key of `SPELLS` or `open`.
    """
    conditions = "".join(f" AND {column} = ?" for column, _ in where)
    rows = snapshot.query(
        "SELECT feedback_id, submitted_at, region_code, kind, theme, status, closed_at, action, text FROM fact_feedback "
        f"WHERE year(submitted_at) * 100 + month(submitted_at) BETWEEN ? AND ?{conditions} "
        "ORDER BY submitted_at DESC, feedback_id",
        [first, last, *(code for _, code in where)],
    )
    day = pl.col("submitted_at").dt.date()
    days = pl.when(pl.col("status") == "closed").then((pl.col("closed_at") - day).dt.total_days())
    return (
        rows.filter(within(snapshot, region))
        .with_columns(days=days, age=(pl.lit(snapshot.as_of) - day).dt.total_days())
        .with_columns(
            spell=pl.when(pl.col("days").is_null()).then(pl.lit("open"))
            .when(pl.col("days") <= SPELLS["week"]).then(pl.lit("week"))
            .when(pl.col("days") <= SPELLS["fortnight"]).then(pl.lit("fortnight"))
            .when(pl.col("days") <= SPELLS["month"]).then(pl.lit("month"))
            .otherwise(pl.lit("longer"))
        )
    )  # fmt: skip


def split_words(query: str | None) -> tuple[str, ...]:
    """The words of a search, folded as texts are compared; all of them must be in a text."""
    return tuple(dict.fromkeys(_fold(query or "").split()))


def search_messages(messages: pl.DataFrame, words: tuple[str, ...]) -> pl.DataFrame:
    """The messages whose text holds every word, whatever its case and width."""
    texts = [_fold(text or "") for text in messages["text"]]
    hits = [all(word in text for word in words) for text in texts]
    return messages.filter(pl.Series(hits, dtype=pl.Boolean))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
