"""What the page `plans` shows in a view: the plans of its period and regions, and the words for a plan and its chance."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts.plan_rows import PlanRow
from dashboard.i18n import text
from dashboard.i18n.measures import name_within
from dashboard.pages import source
from dashboard.pages.state import Choice
from dashboard.pages.view import View
from pipelines.contracts import codes

Plan = Mapping[str, Any]
ITEM = Choice("plan", codes.PLAN_ITEM, default="inspections")
LEVEL = Choice("level", codes.LEVEL, default="city")
VERY_LIKELY = 0.9
# Chances up to each limit in calibrated words (Mastrandrea et al. 2010, the IPCC's guidance note on uncertainties).
_LIMITS = (0.01, 0.1, 0.33, 0.66, 0.9, 0.99)
_WORDS = ("none", "very_unlikely", "unlikely", "even", "likely", "very_likely", "certain")


def find_plans(view: View, regions: Sequence[str]) -> pl.DataFrame:
    """The latest report of the period of each plan of these regions, with its projection (`pace_plans`) and `region_name`."""
    return _name_regions(view, source.pace(view.snapshot, tuple(regions), view.period))


def find_own(view: View) -> pl.DataFrame:
    """The plans of the region itself."""
    return find_plans(view, [view.state.region])


def find_all(view: View) -> pl.DataFrame:
    """The plans of the region and of its parts (of a county: its own)."""
    return find_plans(view, [view.state.region] if view.is_county else list(dict.fromkeys([view.state.region, *view.part_codes])))


def find_parts(view: View) -> pl.DataFrame:
    """The plans of the parts on the chosen item and level, the most used first."""
    plans = find_plans(view, view.part_codes).filter(item=view.setting(ITEM), level=view.setting(LEVEL))
    return plans.sort("used", descending=True, nulls_last=True, maintain_order=True)


def find_traces(view: View) -> pl.DataFrame:
    """Every report of the region's plans of the year and the year before."""
    return _name_regions(view, source.trace(view.snapshot, view.state.region, view.period))


def _name_regions(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    names = frame["region_code"].replace_strict(view.names, default=None, return_dtype=pl.String)
    return frame.with_columns(names.alias("region_name"))


def name_plan(view: View, plan: Plan, *, region: bool = False) -> str:
    """`市级会议`, with its region `商丘市市级会议`."""
    lang = view.lang
    level, item = codes.LEVEL.label(plan["level"], lang), name_within(codes.PLAN_ITEM.label(plan["item"], lang))
    if region:
        return text("plans.named", lang, region=view.name(plan["region_code"]), level=level, item=item)
    return text("plans.level_item", lang, level=level, item=item)


def say_end(view: View, plan: Plan) -> str:
    """`94%（93 至 95）`, why there is none, or nothing where the ceiling is 0."""
    if plan["used"] is None:
        return ""
    if plan["projected"] is None:
        return text("plans.few_years", view.lang)
    ends = (plan["projected_low"], plan["projected_high"])
    between = text("words.interval", view.lang, low=f"{100 * ends[0]:.0f}", high=f"{100 * ends[1]:.0f}")
    return f"{plan['projected']:.0%}" + ("" if is_finished(plan) else text("charts.hover.interval", view.lang, interval=between))


def say_chance(view: View, plan: Plan) -> str:
    """The chance of exceeding the ceiling in words and per cent; whether it was where the year is over; else nothing."""
    lang, chance = view.lang, plan["chance_over"]
    if plan["issued"] > plan["ceiling"]:
        return text("plans.chance.over", lang)
    if is_finished(plan):
        return text("plans.chance.kept", lang)
    if chance is None:
        return ""
    shown = "<1%" if chance < 0.01 else ">99%" if chance > 0.99 else f"{chance:.0%}"
    return text(f"plans.chance.{_WORDS[bisect_right(_LIMITS, chance)]}", lang, p=shown)


def is_finished(plan: Plan) -> bool:
    """Does the report stand at the end of its year?"""
    return (plan["as_of"].month, plan["as_of"].day) == (12, 31)


def write_row(view: View, plan: Plan | None, name: str, code: str) -> PlanRow:
    """A plan as a row of a picture."""
    if plan is None:
        return PlanRow(name, code, None)
    hover = f"<b>{name_plan(view, plan, region=True)}</b><br>" + "<br>".join(
        f"{text(f'plans.watch.{key}', view.lang)} {value}" for key, value in list_figures(view, plan)
    )
    return PlanRow(name, code, plan, say_end(view, plan), say_chance(view, plan), hover)


def list_figures(view: View, plan: Plan) -> list[tuple[str, str]]:
    """The figures of a plan as (key of `plans.watch`, words), in the order of the tables."""
    return [
        ("before", f"{plan['previous_actual']:,}"), ("ceiling", f"{plan['ceiling']:,}"), ("rule", say_rule(view, plan)),
        ("used", _share(plan["used"], f"{plan['issued']:,}")), ("pace", _share(plan["pace"])), ("end", say_end(view, plan)),
        ("chance", say_chance(view, plan)), ("as_of", str(plan["as_of"])),
    ]  # fmt: skip


def say_rule(view: View, plan: Plan) -> str:
    """Was 只减不增 kept?"""
    return text(f"plans.watch.{'breached' if plan['raised'] else 'kept'}", view.lang)


def _share(value: float | None, count: str = "") -> str:
    share = "" if value is None else f"{value:.0%}"
    return " · ".join(part for part in (count, share) if part)
