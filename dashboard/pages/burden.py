"""Burden hours in the open: the constants with their sources, what-ifs (试算), the parts, and what the constants weigh.

A what-if stands in the address (one parameter a constant); published figures stay as they are.
"""

import polars as pl

from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages import source
from dashboard.pages.state import Amount
from dashboard.pages.view import View
from pipelines.contracts.codes import CodeList
from pipelines.contracts.policy import CONSTANTS, BurdenConstants, Constant

BY = 0.5  # each constant is moved by so much of itself
HOURS = "burden_hours"
AMOUNTS = tuple(Amount(c.name, CodeList(c.name, ()), least=c.least, most=c.most) for c in CONSTANTS)


def constants_of(view: View) -> BurdenConstants:
    """The constants in force in this section: the published ones, or those that the address tries."""
    tried = {a.key: float(value) for a in AMOUNTS if (value := view.state.settings.get(a.key))}
    published = view.snapshot.policy.constants
    return BurdenConstants.model_validate(published.model_dump() | tried) if tried else published


def is_trial(view: View) -> bool:
    """Does the address try other constants than the published ones?"""
    return constants_of(view) != view.snapshot.policy.constants


def find_parts(view: View) -> pl.DataFrame:
    """The published burden hours by part, with changes and shares."""
    return source.split_burden(view.snapshot, view.request(HOURS, compare=True), view.snapshot.policy.constants)


def find_trial(view: View) -> pl.DataFrame:
    """The parts and their sum (`group` null) under the constants in force; `trial`, and these constants."""
    used, request = constants_of(view), view.request(HOURS, compare=True)
    whole = source.try_out(view.snapshot, request, used).with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("share", "share_low", "share_high")
    )
    frame = pl.concat([source.split_burden(view.snapshot, request, used), whole])
    return frame.with_columns(trial=pl.lit(is_trial(view)), **{k: pl.lit(v) for k, v in used.model_dump().items()})


def find_weights(view: View) -> pl.DataFrame:
    """What each constant weighs, with its source; `trial` where others than the published ones stand in the middle."""
    frame = source.weigh_constants(view.snapshot, view.request(HOURS, compare=True), constants_of(view), BY)
    known = {c.name: c for c in CONSTANTS}
    sources = [say_source(view, known[name]) for name in frame["constant"]]
    return frame.with_columns(
        source=pl.Series(sources, dtype=pl.String), trial=pl.lit(is_trial(view)), snapshot=pl.lit(view.snapshot.id)
    )


def say_source(view: View, constant: Constant) -> str:
    """Where the value in force comes from: what burden.toml says, the default's assumption, or that nothing is said."""
    policy = view.snapshot.policy
    if constant.name in policy.sources:
        return text("burden.from_policy", view.lang, source=policy.sources[constant.name])
    if getattr(policy.constants, constant.name) != getattr(BurdenConstants(), constant.name):
        return text("burden.unsourced", view.lang)
    return constant.say("source", view.lang)


def write_value(view: View, constant: Constant, value: float) -> str:
    """A value of a constant with its unit."""
    shown = fmt.number(value, 0 if float(value).is_integer() else 2)
    return text("burden.value", view.lang, value=shown, unit=constant.say("unit", view.lang))


def say_changed(view: View) -> str:
    """Which constants differ from the published ones."""
    used, published = constants_of(view), view.snapshot.policy.constants
    return text("burden.and", view.lang).join(
        text("burden.changed", view.lang, name=c.say("name", view.lang),
             value=write_value(view, c, getattr(used, c.name)), published=write_value(view, c, getattr(published, c.name)))
        for c in CONSTANTS if getattr(used, c.name) != getattr(published, c.name)
    )  # fmt: skip
