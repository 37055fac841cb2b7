"""What has to be known of an indicator to write its numbers: unit, kind of change, direction, ranking policy."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from dashboard.i18n.catalogue import Lang, has, text
from pipelines.contracts.indicators import INDICATORS, Better, Kind, Unit


@dataclass(frozen=True)
class Measure:
    """How the numbers of an indicator are written.

    `scale` multiplies an estimate for reading (a share is a fraction in the frame, per cent on the page; a rate per
    year is read per hundred people). `relative` says that `change` is a percentage already (means).
    """

    indicator: str
    unit: Unit
    better: Better
    ranked: bool
    relative: bool

    @property
    def scale(self) -> float:
        """Factor from the frame's unit to the reader's."""
        return 100.0 if self.unit in (Unit.SHARE, Unit.PER_YEAR) else 1.0

    @property
    def change_scale(self) -> float:
        """Factor from the frame's `change` to the reader's."""
        return 1.0 if self.relative else self.scale

    def drawn(self, value: float) -> float:
        """A level in the reader's unit without the noise of the last digits."""
        return round(value * self.scale, 6)

    @property
    def decimals(self) -> int:
        """Decimals of a level: one, none for people and messages."""
        return 0 if self.unit in (Unit.PEOPLE, Unit.MESSAGES) else 1

    @property
    def is_share(self) -> bool:
        """Is the unit a share, read in per cent?"""
        return self.unit is Unit.SHARE

    def name(self, lang: Lang) -> str:
        """The indicator's name."""
        return INDICATORS[self.indicator].name(lang)

    def name_within(self, lang: Lang) -> str:
        """The name as it stands inside a sentence."""
        return name_within(self.name(lang))

    def unit_label(self, lang: Lang) -> str:
        """The unit beside a number: `场/点·月`, `%`, `每百人每年`."""
        own = f"words.unit_of.{self.indicator}"
        return text(own if has(own, lang) and not self.is_share else f"words.unit.{self.unit.value}", lang)


def name_within(name: str) -> str:
    """A name as it stands inside a sentence: a Latin one without its capital, `APP` and its kind as they are."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def measure(indicator: str, *, share: bool = False) -> Measure:
    """The measure of an indicator; with `share` that of a breakdown's groups as a ratio of the whole (no direction)."""
    known = INDICATORS[indicator]
    if share:
        return Measure(indicator, Unit.SHARE, Better.NONE, ranked=False, relative=False)
    return Measure(indicator, known.unit, known.better, known.ranked, relative=known.kind is Kind.MEAN)


def measure_of(frames: Iterable[pl.DataFrame | None], *, share: bool = False) -> Measure | None:
    """The measure of the first row of the first frame that has one; None where every frame is empty."""
    for frame in frames:
        if frame is not None and frame.height:
            return measure(frame["indicator"][0], share=share)
    return None
