"""The rows of the ledger `documents`: formal and informal receipts, and repeats of one document on another carrier."""

import numpy as np
import polars as pl

from pipelines.contracts import codes
from pipelines.demo import expand, texts
from pipelines.demo.counts import Counts
from pipelines.demo.expand import Rows
from pipelines.demo.meetings import LEVEL_ODDS, TOPIC_ODDS
from pipelines.demo.panel import Panel
from pipelines.demo.regions import cities
from pipelines.demo.scheme import Scheme

# (kind, carrier) of formal receipts, then of informal ones, with their odds.
FORMAL, LETTER, PLAIN, NOTICE = codes.DOCUMENT_KIND.codes
PAPER, ELECTRONIC, CHAT, APP, PHONE = codes.CARRIER.codes
SORTS = (
    (FORMAL, PAPER), (FORMAL, ELECTRONIC), (NOTICE, ELECTRONIC), (NOTICE, PAPER), (NOTICE, PHONE),
    (LETTER, ELECTRONIC), (LETTER, PAPER), (PLAIN, ELECTRONIC), (PLAIN, PAPER), (PLAIN, CHAT), (NOTICE, CHAT),
    (NOTICE, APP),
)  # fmt: skip
SORT_ODDS = np.array([
    [0.20, 0.36, 0.30, 0.08, 0.06, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0.16, 0.08, 0.12, 0.06, 0.16, 0.30, 0.12],
])  # fmt: skip
KINDS, CARRIERS = (np.array([sort[k] for sort in SORTS], dtype=object) for k in (0, 1))
NUMBERED = np.array([1, 1, 0.75, 0.75, 0.3, 0.6, 0.6, 0, 0, 0, 0.08, 0.2])  # share with a number, by sort
TYPICAL_CHARACTERS = np.array([2600, 2500, 1500, 1500, 500, 1100, 1100, 900, 900, 450, 350, 500])
CHARACTERS_STATED = np.array([0.97, 0.97, 0.95, 0.95, 0.3, 0.9, 0.9, 0.85, 0.85, 0.6, 0.6, 0.7])
REPORTS = np.array([0.36, 0.36, 0.40, 0.40, 0.30, 0.45, 0.45, 0.55, 0.55, 0.50, 0.42, 0.40])
REPLY_CHOICES = np.array([1, 1, 2, 3, 3, 5, 5, 7, 7, 10, 15, 30])


def make_documents(scheme: Scheme, panel: Panel, counts: Counts, reported: np.ndarray) -> pl.DataFrame:
    """The ledger of all points, in canonical columns, ordered by point and month; repeats stand after them."""
    rng = scheme.rng("documents")
    formal, informal, repeats = (np.where(reported, c[panel.unit], 0)
                                 for c in (counts.formal, counts.informal, counts.repeats))
    rows = expand.expand(formal + informal)
    is_informal = rows.rank >= formal[rows.point, rows.month]
    is_repeated = rows.rank < repeats[rows.point, rows.month]
    sort = texts.choose(SORT_ODDS, is_informal.astype(np.int64), rng)
    topic = texts.choose(TOPIC_ODDS[:1], np.zeros(len(rows), dtype=np.int64), rng)
    level = texts.choose(LEVEL_ODDS, panel.units.kind[rows.point], rng)
    characters = _lengths(sort, rng)
    has_number = is_repeated | (rng.random(len(rows)) < NUMBERED[sort])
    demanded = rng.random(len(rows)) < REPORTS[sort]
    reply = pl.Series(REPLY_CHOICES[rng.integers(0, len(REPLY_CHOICES), len(rows))])
    frame = pl.DataFrame({
        "point_id": panel.point_id[rows.point],
        "document_no": _numbers(scheme, panel, rows, level).set(pl.Series(~has_number), None),
        "date": _dates(scheme, rows, is_repeated, rng), "title": _titles(topic, sort, rng),
        "level": np.array(codes.LEVEL.codes, dtype=object)[level],
        "issuer": texts.name_offices(
            level, topic, (panel.city_name.gather(rows.point), panel.county_name.gather(rows.point)), rng),
        "kind": KINDS[sort], "carrier": CARRIERS[sort],
        "pages": pl.Series(characters // 600 + 1).set(pl.Series(rng.random(len(rows)) < 0.15), None),
        "characters": pl.Series(characters).set(
            pl.Series(rng.random(len(rows)) >= CHARACTERS_STATED[sort]), None),
        "comprehensive": (sort < 2) & (rng.random(len(rows)) < 0.14), "report_demanded": demanded,
        "reply_days": reply.set(pl.Series(~demanded | (rng.random(len(rows)) < 0.2)), None),
    }, schema_overrides=dict.fromkeys(("point_id", "level", "kind", "carrier"), pl.String))
    return _number_lookalikes(pl.concat([frame, _repeat(scheme, frame, rows, is_repeated, rng)]))


def _dates(scheme: Scheme, rows: Rows, is_repeated: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Dates; a document that is repeated leaves a day of its month for the repeat."""
    dates = expand.draw_dates(scheme, rows.month, rng)
    last = np.array(scheme.month_starts[1:], dtype="datetime64[D]")[rows.month] - 1
    return np.where(is_repeated & (dates == last), dates - 1, dates)


def _repeat(scheme: Scheme, frame: pl.DataFrame, rows: Rows, is_repeated: np.ndarray,
            rng: np.random.Generator) -> pl.DataFrame:
    """The same documents some days later in the same month, through a chat group or an app."""
    last = np.array(scheme.month_starts[1:], dtype="datetime64[D]")[rows.month[is_repeated]] - 1
    again = frame.filter(pl.Series(is_repeated))
    later = again["date"].to_numpy() + rng.geometric(0.3, again.height)
    carrier = np.where(rng.random(again.height) < 0.8, CHAT, APP)
    return again.with_columns(
        date=pl.Series(np.minimum(later, last)).cast(pl.Date), carrier=pl.Series(carrier.astype(object), dtype=pl.String),
    )


def _numbers(scheme: Scheme, panel: Panel, rows: Rows, level: np.ndarray) -> pl.Series:
    """A document number a row, unique within its point and year."""
    letters = texts.words()["city_letters"]
    city = pl.Series([letters[c.code] for c in cities()]).gather(panel.units.city).gather(rows.point)
    year = np.array(scheme.calendar)[rows.month] // 100
    frame = pl.DataFrame({"level": level, "city": city, "point": rows.point, "year": year})
    running = pl.int_range(1, pl.len() + 1).over("point", "year")
    office = (pl.when(pl.col("level") == 0).then(pl.lit("豫政办")).when(pl.col("level") == 1)
              .then(pl.col("city") + "政办").when(pl.col("level") == 2).then(pl.col("city") + "县办")
              .otherwise(pl.lit("镇政")))
    return frame.select(pl.format("{}〔{}〕{}号", office, "year", running)).to_series()


def _titles(topic: np.ndarray, sort: np.ndarray, rng: np.random.Generator) -> pl.Series:
    kinds = codes.DOCUMENT_KIND.codes
    kind = np.array([kinds.index(k) for k in KINDS])[sort]
    subject = texts.pick(texts.pools("subjects", codes.TOPIC.codes), topic, rng)
    opening = pl.Series(["" if k == PLAIN else "关于" for k in kinds]).gather(kind)
    return opening + subject + texts.pick(texts.pools("document_endings", kinds), kind, rng)


def _lengths(sort: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    drawn = np.exp(rng.normal(np.log(TYPICAL_CHARACTERS[sort]), 0.45))
    return np.asarray(np.clip(10 * np.rint(drawn / 10), 30, 30_000).astype(np.int64))


def _number_lookalikes(frame: pl.DataFrame) -> pl.DataFrame:
    """Give a number to rows without one that equal another row: the whole row is their key."""
    alike = pl.col("document_no").is_null() & pl.struct(pl.all()).is_duplicated()
    running = pl.int_range(1, pl.len() + 1)
    return frame.with_columns(
        document_no=pl.when(alike).then(pl.format("补〔{}〕{}号", pl.col("date").dt.year(), running))
        .otherwise("document_no")
    )
