"""The pictures that only `staffing` has: age pyramid, two ages over time, churn, kinds of post, table of regions."""

import polars as pl

from dashboard.charts.age_pyramid import age_pyramid
from dashboard.charts.churn import churn
from dashboard.charts.stacked_bar_rows import stacked_bar_rows
from dashboard.charts.two_lines import Pair, two_lines
from dashboard.i18n import absence, judgement, text
from dashboard.i18n import format as fmt
from dashboard.i18n.measures import measure
from dashboard.pages.markup import esc, link, pill, table
from dashboard.pages.panel import Panel, draw, write_head, write_source
from dashboard.pages.period import Period
from dashboard.pages.reading import write_suppressed
from dashboard.pages.sheet import write
from dashboard.pages.tables import Row, change_cells, iv
from dashboard.pages.titles import title_change, title_groups, title_items
from dashboard.pages.trends import draw_small, find_trend, say_every, shows_parts, write_decomposition
from dashboard.pages.view import View
from pipelines.contracts import codes

AGES = ("under35_share", "over50_share")
COLUMNS = ("headcount", "under35_share", "over50_share", "vacancy_rate", "net_flow_rate", "seconded_share")
MAIN = "upward_drain_rate"


def find_pyramid(view: View) -> pl.DataFrame:
    """Each age band's share of the men and of the women, men first."""
    return pl.concat([_bands(view, gender, None) for gender in codes.GENDER.codes])


def _bands(view: View, gender: str, region: str | None) -> pl.DataFrame:
    return view.ask("headcount", region=region, by="age_band", where=(("gender", gender),), share=True)


def draw_pyramid(view: View, *, width: int) -> None:
    """Age bands of men and women, the province as an outline."""
    lang = view.lang
    both = pl.concat([view.ask(i) for i in reversed(AGES)])
    outline = view.reference
    figure = age_pyramid(
        _bands(view, "male", None), _bands(view, "female", None), lang=lang, subject=view.name(), width=width,
        male_reference=_bands(view, "male", outline) if outline else None,
        female_reference=_bands(view, "female", outline) if outline else None, summaries=both,
        reference_name=view.reference_name,
        summaries_reference=pl.concat([view.ask(i, region=outline) for i in reversed(AGES)]) if outline else None,
    )  # fmt: skip
    frame = find_pyramid(view)
    labels = [*(codes.GENDER.label(g, lang) for g in codes.GENDER.codes for _ in range(frame.height // 2))]
    rows = _pyramid_table(view, frame, labels)
    title = _say_ages(view, both)
    sub = text("pages.staffing.pyramid_sub", lang, period=_period(view))
    draw(view, Panel("pyramid", title, sub, frame, ("headcount", *AGES), table=rows, share=True, slide="pyramid"), figure)


def _say_ages(view: View, both: pl.DataFrame) -> str:
    old, young = both.to_dicts()
    lang = view.lang
    if not (absence.is_drawn(old) and absence.is_drawn(young)):
        return text("pages.staffing.pyramid", lang)
    shown = {k: fmt.level(r["estimate"], measure(r["indicator"])) for k, r in (("old", old), ("young", young))}
    return text("pages.staffing.pyramid_title", lang, **shown)


def _pyramid_table(view: View, frame: pl.DataFrame, genders: list[str]) -> str:
    lang, how = view.lang, measure("headcount", share=True)
    head = [text(f"pages.table.{c}", lang) for c in ("what", "level", "interval", "points")]
    rows = []
    for gender, row in zip(genders, frame.iter_rows(named=True), strict=True):
        label = esc(f"{gender} · {codes.AGE_BAND.label(row['group'], lang)}")
        if absence.is_drawn(row):
            cells = [esc(fmt.level(row["estimate"], how)), iv(judgement.interval_of_level(row, how, lang))]
        else:
            cells = [pill(absence.pill(row, lang)), esc(absence.reason(row, lang))]
        rows.append([label, *cells, f"{row['n_points'] or 0:,}"])
    return table([esc(h) for h in head], rows)


def find_ages(view: View) -> pl.DataFrame:
    """The two ages by month; where trends are drawn by region, those under 35 of each."""
    if shows_parts(view):
        return find_trend(view, AGES[0])
    return pl.concat([view.trend(i) for i in AGES])


def draw_ages(view: View, *, width: int) -> None:
    """Two lines: under 35, and 50 and over; by region those under 35."""
    if shows_parts(view):
        draw_small(view, AGES[0], name="ages")
        return
    lang = view.lang
    pairs = [
        Pair(measure(i).name(lang), view.trend(i), view.trend(i, region=view.reference) if view.reference else None)
        for i in reversed(AGES)
    ]
    figure = two_lines(
        pairs, lang=lang, subject=view.name(), width=width, height=330, reforms=view.snapshot.policy.reforms,
        reference_name=view.reference_name,
    )
    items = [(measure(i).name(lang), view.ask(i, compare=True).row(0, named=True), measure(i)) for i in AGES]
    sub = text("pages.staffing.ages_sub", lang, every=say_every(pairs[0].frame, lang))
    panel = Panel("ages", title_items(view, text("pages.staffing.ages", lang), items), sub, find_ages(view), AGES)
    draw(view, panel, figure, under=write_decomposition(view, *AGES), pick="month")


def find_churn(view: View, region: str | None = None) -> pl.DataFrame:
    """Joiners and leavers by kind of move, with changes."""
    joined = view.ask("recruitment_rate", region=region, by="move", compare=True)
    left = view.ask("separation_rate", region=region, by="move", compare=True)
    return pl.concat([
        joined.filter(pl.col("group").is_in(codes.JOINED)), left.filter(pl.col("group").is_in(codes.SEPARATED)),
    ])  # fmt: skip


def draw_churn(view: View, *, width: int) -> None:
    """Who came and went, by kind of move, per hundred people a year."""
    lang, frame = view.lang, find_churn(view)
    beside = view.reference
    net = view.ask("net_flow_rate", compare=True)
    figure = churn(
        frame, lang=lang, subject=view.name(), width=width, reference=find_churn(view, beside) if beside else None,
        net=net, net_reference=view.ask("net_flow_rate", region=beside) if beside else None,
        reference_name=view.reference_name,
    )  # fmt: skip
    how = measure("net_flow_rate")
    title = title_change(view, net.row(0, named=True), how)
    sub = text("pages.staffing.churn_sub", lang, period=_period(view))
    sub += text("pages.staffing.churn_ticks", lang, reference=view.reference_words) if beside else ""
    indicators = ("recruitment_rate", "separation_rate", "net_flow_rate")
    draw(view, Panel("churn", title, sub, frame, indicators, by="move"), figure)


def find_posts(view: View) -> pl.DataFrame:
    """Kinds of post as shares of the roster, with changes."""
    return view.ask("headcount", by="post_type", share=True, compare=True)


def draw_posts(view: View, *, width: int) -> None:
    """Kinds of post now, earlier, and in the province."""
    lang, how = view.lang, measure("headcount", share=True)
    parts = {code: codes.POST_TYPE.label(code, lang) for code in codes.POST_TYPE.codes}
    now = find_posts(view)
    rows = [(_when(view.name(), view.period), now)]
    if view.earlier:
        rows.append((_when(view.name(), view.earlier), view.ask("headcount", by="post_type", share=True, period=view.earlier)))
    if view.reference:
        other = view.ask("headcount", region=view.reference, by="post_type", share=True)
        rows.append((_when(view.reference_name, view.period), other))
    figure = stacked_bar_rows(rows, parts=parts, lang=lang, width=width)
    items = [(parts[r["group"]], r, how) for r in now.iter_rows(named=True) if r["group"] in parts]
    title = title_groups(view, text("pages.staffing.posts", lang), items)
    sub = text("pages.staffing.posts_sub", lang, period=_period(view))
    draw(view, Panel("posts", title, sub, now, ("headcount",), by="post_type", share=True), figure)


def _when(name: str, period: Period) -> str:
    return f"{name} {fmt.axis_month(period.last)}"


def _period(view: View) -> str:
    return fmt.period(view.period.first, view.period.last, view.lang)


def find_table(view: View) -> pl.DataFrame:
    """Every region on every column, below each other."""
    return pl.concat([view.compare_parts(i) for i in (*COLUMNS, MAIN)])


def draw_table(view: View) -> None:
    """The table of regions, in the order of codes, the region as a whole on top."""
    lang, order = view.lang, (*COLUMNS[:5], MAIN, COLUMNS[5])
    rows: dict[str, dict[str, Row]] = {code: {} for code in view.part_codes}
    whole: dict[str, Row] = {i: view.ask(i, region=view.region_of_parts, compare=True).row(0, named=True) for i in order}
    for indicator in order:
        for row in view.compare_parts(indicator).iter_rows(named=True):
            rows.setdefault(row["group"], {})[indicator] = row
    head = [esc(text(f"pages.compare.{view.parts}", lang)), esc(text("pages.table.points", lang))]
    for i in order:
        head.append(f'{esc(measure(i).name(lang))}<br><span class="iv">{esc(measure(i).unit_label(lang))}</span>')
        head += [esc(text("pages.staffing.drain_change", lang)), esc(text("pages.table.verdict", lang))] if i == MAIN else []
    body = [_row(view, esc(view.name(view.region_of_parts)), whole, order)]
    body += [_row(view, link(view.name(code), view.href(region=code)), cells, order) for code, cells in rows.items()]
    content = table(head, body, "data regions")
    title, sub = text(f"pages.staffing.table_{view.parts}", lang), text("pages.staffing.table_sub", lang, period=_period(view))
    panel = Panel("table", title, sub, pl.DataFrame(), order, table="", note=text("pages.staffing.no_single", lang),
                  region=view.region_of_parts)  # fmt: skip
    hidden = write_suppressed(view, find_table(view))
    foot = (f'<p class="under wide">{hidden}</p>' if hidden else "") + write_source(view, panel)
    body_html = f'{write_head(view, panel)}<div class="scroll">{content}</div>{foot}'
    write(f'<div class="tablewrap">{body_html}</div>')


def _row(view: View, name: str, cells: dict[str, Row], order: tuple[str, ...]) -> list[str]:
    points = max((r["n_points"] or 0 for r in cells.values()), default=0)
    shown = [name, f"{points:,}"]
    for indicator in order:
        row, how = cells.get(indicator), measure(indicator)
        if row is None or not absence.is_drawn(row):
            shown.append(f'<span class="why" title="{esc(absence.reason(row, view.lang)) if row else ""}">'
                         f'{esc(absence.pill(row, view.lang)) if row else ""}</span>')  # fmt: skip
            shown += ["", ""] if indicator == MAIN else []
            continue
        level = esc(fmt.level(row["estimate"], how, mark=False))
        interval = judgement.interval_of_level(row, how, view.lang, mark=False)
        shown.append(f"{level} {iv(f'({interval})') if interval else ''}")
        if indicator == MAIN:
            change, _, word = change_cells(row, how, view.lang)
            between = judgement.interval_of_change(row, how, view.lang)
            shown += [f"{change} {iv(f'({between})') if between else ''}", word]
    return shown
