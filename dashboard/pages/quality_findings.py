"""The sentences on top of `quality`: the newest month against earlier ones, who must supply what, what goes back, the cost."""

import polars as pl

from dashboard.answers.quality import compare_same_day, count_receipts, count_rejections, sum_receipts
from dashboard.i18n import format as fmt
from dashboard.i18n import sentences, text
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.measures import measure
from dashboard.i18n.sentences import Finding
from dashboard.pages import findings, quality_arrivals, quality_open, quality_rejections, quality_revisions
from dashboard.pages.findings import find_subject, say_against
from dashboard.pages.quality_scope import name_ledgers, name_parts, provisional_of, scope_of, window_of
from dashboard.pages.view import View

MUCH_MISSING = 0.15  # from here on a region is asked to supply
NAMED = 4
INDICATOR = "reporting_minutes"


def draw_findings(view: View) -> str:
    """HTML of up to three findings; each of several sentences."""
    lines = (
        (_say_arrival(view), _say_missing(view), _say_gone(view)),
        (_say_rejected(view), _say_open(view)),
        (_say_revised(view), *_say_minutes(view)),
    )
    return findings.draw_findings(view, (findings.join(line, view.lang) for line in lines), (INDICATOR,))


def _say(view: View, key: str, **values: object) -> Finding:
    return sentences.state(f"quality.finding.{key}", view.lang, **values)


def _say_arrival(view: View) -> Finding | None:
    curves, last = quality_arrivals.find_curve(view), window_of(view).last
    month = fmt.short_period(last, last, view.lang)
    if curves.is_empty() or curves["month"].max() != last:
        return _say(view, "not_due", month=month)
    day, share, before = compare_same_day(curves)
    place = quality_arrivals.place_newest(curves)
    ends = {"low": f"{min(before):.0%}", "high": f"{max(before):.0%}"} if before else {"low": "", "high": ""}
    tail = "_provisional" if last in provisional_of(view, INDICATOR) else ""
    return _say(view, f"arrival_{place}{tail}", month=month, day=day, share=f"{share:.0%}", n=len(before), **ends)


def _counts_of(view: View, first: int, last: int) -> pl.DataFrame:
    return count_receipts(view.snapshot, scope_of(view, parts=True), first, last, view.parts)


def _say_missing(view: View) -> Finding | None:
    """Parts that lack much of the newest month, in the order of codes; a county has none."""
    if view.is_county:
        return None
    last = window_of(view).last
    sums = sum_receipts(_counts_of(view, last, last), "group").filter(pl.col("due") > 0)
    if sums.is_empty():
        return None
    much = sums.filter(pl.col("missing_share") >= MUCH_MISSING)
    values = {"month": fmt.short_period(last, last, view.lang), "threshold": f"{MUCH_MISSING:.0%}", "n": much.height}
    if much.is_empty():
        return _say(view, f"missing_none_{view.parts}", **values)
    names, shares = name_parts(view, much["group"].to_list()), dict(much.select("group", "missing_share").iter_rows())
    comma = text("findings.and", view.lang)
    listed = comma.join(
        text("quality.finding.part", view.lang, region=name, share=f"{shares[code or None]:.0%}")
        for code, name in list(names.items())[:NAMED]
    )
    return _say(view, f"missing{'_more' if len(names) > NAMED else ''}", names=listed, **values)


def _say_gone(view: View) -> Finding | None:
    """Cities of which nothing at all came in a month, of a ledger; a county of a few points says too little."""
    if not view.is_province:
        return None
    window = window_of(view)
    counts = sum_receipts(_counts_of(view, window.first, window.last), "group", "month", "ledger")
    gone = counts.filter(pl.col("due") > 0, pl.col("reported") == 0).sort("group", "month", "ledger")
    if gone.is_empty():
        return None
    listed = [
        text("quality.finding.gone_part", view.lang, region=view.short(r["group"]), ledger=name_ledgers(view, r["ledger"]),
             month=fmt.axis_month(r["month"]))
        for r in gone.head(NAMED).iter_rows(named=True) if r["group"]
    ]  # fmt: skip
    return _say(view, "gone", listed=text("findings.and", view.lang).join(listed))


def _say_rejected(view: View) -> Finding:
    frame, files = count_rejections(view.snapshot, scope_of(view), view.parts), quality_rejections.find_files(view).height
    totals = frame.group_by("reason").agg(pl.col("rows").sum()).sort(["rows", "reason"], descending=[True, False])
    if totals.is_empty():
        return _say(view, "rejected_none")
    reason = quality_rejections.name_reason(view, totals["reason"][0])
    return _say(view, "rejected", rows=f"{frame['rows'].sum():,}", reason=reason, n=f"{totals['rows'][0]:,}", files=f"{files:,}")


def _say_open(view: View) -> Finding | None:
    awaited, contradictory = quality_open.count_open(view)
    tail = quality_open.tail_of(awaited, contradictory)
    return None if tail == "_none" else _say(view, f"open{tail}", awaited=f"{awaited:,}", contradictory=contradictory)


def _say_revised(view: View) -> Finding | None:
    known = quality_revisions.find_revisions(view).drop_nulls("first")
    if known.is_empty():
        return None
    size, half = quality_revisions.mean_revision(known)
    how = measure(quality_revisions.INDICATOR)
    return _say(view, f"revised_{'less' if size < half else 'more'}", indicator=how.name(view.lang), size=fmt.number(size, 2),
                half=fmt.number(half, 2))  # fmt: skip


def _say_minutes(view: View) -> tuple[Finding | None, ...]:
    subject = find_subject(view, INDICATOR)
    row, target = subject.row, view.snapshot.policy.targets.get(INDICATOR)
    level = sentences.level(subject, view.lang)
    beside = None
    if target and level and row["ci_low"] is not None:
        place = "above" if row["ci_low"] > target else "below" if row["ci_high"] < target else "about"
        beside = _say(view, f"target_{place}", target=fmt.number(target, 0))
    changed = sentences.change([find_subject(view, INDICATOR, named=False)], view.lang, against=say_against(view))
    clear = changed if changed and changed.verdict is not Verdict.UNCLEAR else None
    return level, clear, beside
