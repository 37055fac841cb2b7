"""The words of the demo's ledgers (`texts.toml`) and how a row gets one of them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from pipelines.contracts import codes


@cache
def words() -> dict[str, Any]:
    """The whole of `texts.toml`."""
    with (Path(__file__).parent / "texts.toml").open("rb") as file:
        return tomllib.load(file)


def pools(section: str, order: tuple[str, ...]) -> list[list[str]]:
    """Lists of a section in the order of a code list."""
    return [words()[section][name] for name in order]


def pick(lists: list[list[str]], which: np.ndarray, rng: np.random.Generator) -> pl.Series:
    """For each row a word drawn evenly from the list with the row's number."""
    lengths = np.array([len(w) for w in lists])
    starts = np.cumsum(lengths) - lengths
    at = starts[which] + (rng.random(len(which)) * lengths[which]).astype(np.int64)
    return pl.Series([w for words_ in lists for w in words_], dtype=pl.String).gather(at)


def choose(table: np.ndarray, which: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each row a column drawn with the odds in its row of `table` (rows × columns, any positive scale)."""
    steps = np.cumsum(table / table.sum(1, keepdims=True), axis=1)[:, :-1]
    drawn = rng.random(len(which))
    chosen = np.zeros(len(which), dtype=np.int64)
    for step in steps.T:
        chosen += drawn > step[which]
    return chosen


def name_offices(level: np.ndarray, topic: np.ndarray, places: tuple[pl.Series, pl.Series],
                 rng: np.random.Generator) -> pl.Series:
    """Who calls, issues or inspects: an office of the province, the row's city, its county (`places`), or a township.

    `level`, `topic`: positions in the code lists.
    """
    topics = codes.TOPIC.codes
    province, local = pools("province_offices", topics), pools("offices", topics)
    town = pools("township_offices", ("all",))
    office = pick([*province, *local, *town], np.select(
        [level == 0, level == 3], [topic, np.full(len(topic), 2 * len(topics))], topic + len(topics)), rng)
    city, county = places
    place = pl.DataFrame({"level": level, "city": city, "county": county, "office": office})
    return place.select(
        pl.when(pl.col("level") == 0).then(pl.lit("河南省"))
        .when(pl.col("level") == 1).then("city").when(pl.col("level") == 2).then("county").otherwise(pl.lit(""))
        + pl.col("office")
    ).to_series()
