"""The panels of `plans`: the region's own plans, its parts beside each other, the year's course, the plans to look into."""

from collections.abc import Sequence

import polars as pl

from dashboard.charts.plan_fans import PlanFan, plan_fans
from dashboard.charts.plan_rows import is_over, plan_rows
from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.i18n.measures import name_within
from dashboard.pages.markup import esc, pill, table
from dashboard.pages.panel import Panel, draw, say_empty
from dashboard.pages.plans_findings import OPEN, is_open
from dashboard.pages.plans_scope import (
    ITEM,
    LEVEL,
    Plan,
    find_all,
    find_own,
    find_parts,
    find_traces,
    list_figures,
    name_plan,
    say_chance,
    say_end,
    write_row,
)  # fmt: skip
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
INDICATORS = ("plan_used_share", "plan_projection")


def find_watch(view: View) -> pl.DataFrame:
    """The plans to look into: exceeded, raised, or with a chance of exceeding of a half or more; the likeliest first."""
    plans = find_all(view)
    chosen = [p["raised"] or is_over(p) or is_open(p) for p in plans.iter_rows(named=True)]
    return plans.filter(pl.Series(chosen, dtype=pl.Boolean)).sort(
        pl.col("issued") > pl.col("ceiling"), "chance_over", descending=True, nulls_last=True, maintain_order=True
    )


def draw_own(view: View) -> None:
    """The plans of the region itself, every level and item."""
    lang, own = view.lang, find_own(view).sort(
        pl.col("level").cast(pl.Enum(codes.LEVEL.codes)), pl.col("item").cast(pl.Enum(codes.PLAN_ITEM.codes))
    )  # fmt: skip
    plans = own.to_dicts()
    title = text("plans.own.none", lang, region=view.name())
    if plans:
        title = text("plans.own.title", lang, region=view.name(), n=len(plans), said=_say_over(view, plans))
    panel = _panel(view, "own", title, text("plans.own.sub", lang, period=_period(view)), plans)
    if not plans:
        draw(view, panel, say_empty(text("plans.absent.pill", lang), text("plans.absent.reason", lang)))
        return
    groups = [i for i in range(1, len(plans)) if plans[i]["level"] != plans[i - 1]["level"]]
    rows = [write_row(view, p, _name_row(view, p), p["region_code"]) for p in plans]
    figure = plan_rows(rows, header=text("plans.rows.item", lang), lang=lang, width=WIDTH, strong=groups)
    draw(view, panel, figure, under=_under(view, "own"))


def draw_parts(view: View) -> None:
    """The parts beside each other on one level and item."""
    lang, known = view.lang, {p["region_code"]: p for p in find_parts(view).iter_rows(named=True)}
    chosen = name_plan(view, {"level": view.setting(LEVEL), "item": view.setting(ITEM)})
    said = _say_over(view, list(known.values()))
    title = text(f"plans.parts.title_{view.parts}", lang, plan=chosen, n=len(known), said=said) if known else chosen
    panel = _panel(view, "parts", title, text("plans.parts.sub", lang, period=_period(view)), list(known.values()), region=True)
    if not known:
        why = text("plans.parts.none", lang, region=view.name(view.region_of_parts))
        draw(view, panel, say_empty(text("plans.absent.pill", lang), why))
        return
    order = [*known, *(code for code in view.part_codes if code not in known)]
    rows = [write_row(view, known.get(code), view.plain_names.get(code, code), code) for code in order]
    figure = plan_rows(rows, header=text(f"pages.compare.{view.parts}", lang), lang=lang, width=WIDTH, row_height=21)
    draw(view, panel, figure, under=_under(view, "parts"), pick="region")


def draw_fans(view: View) -> None:
    """How the plans of one level fill up over the year; of the first level that there is where the chosen one has none."""
    lang, level, own = view.lang, view.setting(LEVEL), find_own(view)
    if own.height and level not in own["level"]:
        level = str(own["level"][0])
    plans = own.filter(level=level).to_dicts()
    title = text("plans.fans.title", lang, level=codes.LEVEL.label(level, lang))
    panel = _panel(view, "fans", title, text("plans.fans.sub", lang), plans)
    if not plans:
        draw(view, panel, say_empty(text("plans.absent.pill", lang), text("plans.absent.reason", lang)))
        return
    traces = find_traces(view).filter(level=level)
    fans = [
        PlanFan(codes.PLAN_ITEM.label(p["item"], lang), p, traces.filter(item=p["item"]), _say_fan(view, p)) for p in plans
    ]
    draw(view, panel, plan_fans(fans, lang=lang, width=WIDTH), under=_under(view, "fans"))


def _name_row(view: View, plan: Plan) -> str:
    level, item = codes.LEVEL.label(plan["level"], view.lang), name_within(codes.PLAN_ITEM.label(plan["item"], view.lang))
    return text("plans.row", view.lang, level=level, item=item)


def _say_fan(view: View, plan: Plan) -> str:
    if plan["projected"] is None:
        return text("plans.fan.said_few", view.lang)
    return text("plans.fan.said", view.lang, end=say_end(view, plan), chance=say_chance(view, plan))


def draw_watch(view: View) -> None:
    """The plans to look into, as a table."""
    lang, plans = view.lang, find_watch(view).to_dicts()
    title = text("plans.watch.title", lang, n=len(plans)) if plans else text("plans.watch.none", lang)
    total = find_all(view).height
    sub = text("plans.watch.sub", lang, region=view.name(), total=total, least=f"{OPEN:.0%}")
    panel = _panel(view, "watch", title, sub, plans, region=True)
    shown = ("before", "ceiling", "used", "end", "chance")
    if not total:
        draw(view, panel, say_empty(text("plans.absent.pill", lang), text("plans.absent.reason", lang)))
        return
    body = f'<div class="scroll">{_write(view, plans, shown, region=True)}</div>' if plans else ""
    draw(view, panel, body, under=_under(view, "watch"))


def _panel(
    view: View, name: str, title: str, sub: str, plans: Sequence[Plan], *, region: bool = False
) -> Panel:
    """A panel of plans with the table of all their figures."""
    lang, rows = view.lang, _write(view, plans, None, region=region)
    origin = text("plans.origin", lang, day=max(str(p["as_of"]) for p in plans)) if plans else text("plans.origin_none", lang)
    return Panel(name, title, sub, pl.DataFrame(), INDICATORS, table=rows, origin=origin)


def _write(view: View, plans: Sequence[Plan], only: Sequence[str] | None, *, region: bool) -> str:
    """HTML of plans as a table; `only`: keys of `plans.watch`, all by default."""
    lang = view.lang
    keys = only or ("before", "ceiling", "rule", "used", "pace", "end", "chance", "as_of")
    head = [text(f"plans.watch.{key}", lang) for key in ("plan", *keys)]
    rows = []
    for plan in plans:
        figures = dict(list_figures(view, plan))
        code = str(plan["region_code"])
        name = f"<b>{esc(view.plain_names.get(code, code))}</b> " if region else ""
        cells = [_mark(esc(figures[key]), key, plan) for key in keys]
        if only and plan["raised"]:
            cells[keys.index("ceiling")] += f" {pill(text('plans.watch.breached', lang), css='heavier')}"
        rows.append([name + esc(name_plan(view, plan)), *cells])
    return table([esc(h) for h in head], rows, "data plans")


def _mark(cell: str, key: str, plan: Plan) -> str:
    heavy = (key == "chance" and is_over(plan)) or (key == "rule" and plan["raised"])
    return f'<span class="heavier">{cell}</span>' if heavy else cell


def _say_over(view: View, plans: Sequence[Plan]) -> str:
    over = sum(map(is_over, plans))
    if not over and all(p["projected"] is None for p in plans):
        return text("plans.said.few", view.lang)
    return text(f"plans.said.{'over' if over else 'none'}", view.lang, n=over)


def _under(view: View, key: str) -> str:
    return f'<p class="under wide">{esc(text(f"plans.{key}.reading", view.lang))}</p>'


def _period(view: View) -> str:
    return fmt.period(view.period.first, view.period.last, view.lang)
