"""Beside the spine of `region`: strengths, worries and the peers, each a small table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.answers.profile import FALSE_RATE
from dashboard.charts.region_map import city_tiles
from dashboard.i18n import Lang, judgement, sentences, text
from dashboard.i18n import format as fmt
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import Measure, measure
from dashboard.i18n.sentences import Finding
from dashboard.pages import region_source as profiles
from dashboard.pages.findings import say_against
from dashboard.pages.markup import esc, link, table
from dashboard.pages.region_profile import Counts, choose, count_changes, count_gaps, findings_of
from dashboard.pages.tables import change_cells
from dashboard.pages.view import View

Row = Mapping[str, Any]
NAMED = 3
FAR = 1.0  # the mean of all pairs: beyond it even the nearest is not really alike
GROUPS = {
    "government": ("county_department", "township", "subdistrict"), "village": ("village", "community"),
    "business": ("enterprise", "mine_factory"), "service": ("school", "hospital", "research_institute"),
}  # fmt: skip
SIDES = {"strengths": Verdict.LIGHTER, "worries": Verdict.HEAVIER}


def say_counts(view: View, profile: pl.DataFrame) -> Finding | None:
    """How many indicators differ from the province and have changed, and how many would by chance alone."""
    gaps, changes = count_gaps(profile), count_changes(profile)
    said = [_say_count(view, "gaps", gaps)] if gaps.known else []
    said += [_say_count(view, "changes_after" if gaps.known else "changes", changes)] if changes.known else []
    spans = [span for finding in said for span in finding.spans]
    return replace(said[0], spans=tuple(spans)) if said else None


def _say_count(view: View, key: str, counts: Counts) -> Finding:
    return sentences.state(
        f"region.finding.{key}", view.lang, region=view.name(), against=say_against(view), n=counts.known,
        lighter=counts.lighter, heavier=counts.heavier, unclear=counts.unclear, chance=counts.chance,
    )  # fmt: skip


def say_side(view: View, profile: pl.DataFrame, side: str) -> Finding | None:
    """The first strengths or worries with their size and interval; None where nothing could be judged at all."""
    rows = choose(profile, SIDES[side])[:NAMED]
    if not rows:
        known = count_gaps(profile).known + count_changes(profile).known
        return sentences.state(f"region.finding.no_{side}", view.lang) if known else None
    items = text("region.finding.separator", view.lang).join(_say_item(view, row) for row in rows)
    return sentences.state(f"region.finding.{side}", view.lang, items=items)


def _say_item(view: View, row: Row) -> str:
    """`陪会率 22.7%，比全省高 4.1 个百分点（2.9 至 5.3）`, the gap before the change where both are found."""
    lang, how = view.lang, measure(row["indicator"])
    found = findings_of(row, how)
    values = {"name": how.name(lang), "value": fmt.level_with_unit(row["estimate"], how, lang)}
    if "change" in found:
        values["changed"] = text(f"region.finding.{judgement.judge(row, how).direction.value}", lang)
        values |= {"size": judgement.change_size(row, how, lang), "interval": judgement.interval_of_change(row, how, lang)}
    if "gap" in found:
        values["side"] = text(f"region.finding.{'higher' if row['gap'] > 0 else 'lower'}", lang)
        values["gap"] = _size(abs(row["gap"]), how, lang)
    if len(found) == 1 and "gap" in found:
        ends = sorted(abs(row[f"gap_{end}"]) * how.scale for end in ("low", "high"))
        low, high = (fmt.number(e, fmt.enough_decimals(ends, 1)) for e in ends)
        values["interval"] = text("words.interval", lang, low=low, high=high)
    key = "both" if len(found) > 1 else next(iter(found))
    return text(f"region.finding.item_{key}", lang, **values)


def _size(value: float, how: Measure, lang: Lang) -> str:
    shown = fmt.number(value * how.scale, fmt.enough_decimals([value * how.scale], 1))
    return f"{shown} {text('words.points', lang) if how.is_share else how.unit_label(lang)}"


def write_side(view: View, profile: pl.DataFrame, side: str) -> str:
    """HTML: the table of strengths or of worries."""
    lang, rows = view.lang, choose(profile, SIDES[side])
    kind = "changed" if view.is_province else "sub"
    head = _head(text(f"region.sides.{side}", lang), text(f"region.sides.{kind}_{side}", lang))
    if not rows:
        return f'{head}<p class="remark">{esc(text("region.sides.none", lang))}</p>'
    names = [text("region.sides.indicator", lang), view.short(view.state.region)]
    names += [] if view.is_province else [text("region.sides.province", lang)]
    names += [text("region.sides.change", lang)] if view.earlier else []
    body = []
    for row in rows:
        how = measure(row["indicator"])
        cells = [link(how.name(lang), view.define(how.indicator)), f"<b>{esc(fmt.level(row['estimate'], how))}</b>"]
        cells += [] if view.is_province else [esc(fmt.level(row["whole"], how))]
        if view.earlier:
            judged, (change, interval, _) = judgement.judge(row, how), change_cells(row, how, lang)
            sign = f'<span class="{judged.verdict.value}">{judged.sign}</span> ' if judged.clear else ""
            cells += [f"{sign}{change} {interval}"]
        body.append(cells)
    return head + table([esc(n) for n in names], body)


def _head(title: str, sub: str) -> str:
    return f'<div class="sh"><h3>{esc(title)}</h3><p>{esc(sub)}</p></div>'


def write_peers(view: View) -> str:
    """HTML: the cities as tiles, the peers marked, and the table that tells why they are alike."""
    lang = view.lang
    if view.is_province:
        return _head(text("region.peers.province_title", lang), text("region.peers.province", lang)) + _tiles(view, ())
    if view.is_county:
        title, sub = text("region.peers.county_title", lang), text("region.peers.county", lang)
        return _head(title, sub) + _tiles(view, ())
    found = profiles.peers(view.snapshot, view.state.region)
    if found.is_empty():
        return _head(text("region.peers.title", lang), text("region.peers.empty", lang))
    near = found["city_code"].to_list()[1:]
    head = _head(text("region.peers.title", lang), text("region.peers.sub", lang, n=len(near)))
    columns = ("city", "units", *GROUPS, "distance")
    rows = [_peer(view, row, own=i == 0) for i, row in enumerate(found.iter_rows(named=True))]
    told = table([esc(text(f"region.peers.{c}", lang)) for c in columns], rows, "data regions peers")
    far = text("region.peers.far", lang) if found["distance"][1] > FAR else ""
    note = esc(f"{text('region.peers.note', lang)}{far}")
    return f'{head}<div class="peerbox">{_tiles(view, near)}{told}</div><p class="remark">{note}</p>'


def _peer(view: View, row: Row, *, own: bool) -> Sequence[str]:
    shares = [f"{sum(row[kind] for kind in kinds) / row['units']:.0%}" for kinds in GROUPS.values()]
    name = link(view.name(row["city_code"]), view.href(region=row["city_code"]), current=own)
    return [name, f"{row['units']:,}", *shares, "" if own else fmt.number(row["distance"], 2)]


def _tiles(view: View, near: Sequence[str]) -> str:
    """The cities where they lie, a link each."""
    tiles = []
    for code, (row, column) in city_tiles().items():
        css = "own" if code == view.city else "peer" if code in near else ""
        name = link(view.short(code), view.href(region=code), css, current=code == view.city)
        tiles.append(f'<li style="grid-row:{row + 1};grid-column:{column + 1}">{name}</li>')
    label = esc(text("region.peers.tiles", view.lang))
    return f'<ul class="tiles" aria-label="{label}">{"".join(tiles)}</ul>'


def write_choice(view: View) -> str:
    """HTML: how strengths and worries are chosen."""
    lang = view.lang
    means = text("region.notes.chosen_means", lang, rate=f"{FALSE_RATE:.0%}")
    return f'<p class="remark wide"><b>{esc(text("region.notes.chosen", lang))}</b> {esc(means)}</p>'
