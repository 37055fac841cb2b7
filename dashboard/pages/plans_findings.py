"""The sentences on top of `plans`: ceilings above last year's actual, who exceeds or will, how far the year has gone."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.charts.plan_rows import is_over
from dashboard.i18n import sentences, text
from dashboard.i18n.judgement import Verdict
from dashboard.i18n.sentences import Finding
from dashboard.pages import findings
from dashboard.pages.plans_scope import Plan, find_all, find_own, name_plan, say_chance, say_end
from dashboard.pages.view import View

NAMED = 3
OPEN = 0.5  # from this chance on a plan that is not very likely to exceed is worth a look


def draw_findings(view: View) -> str:
    """HTML of up to three findings."""
    plans = find_all(view).to_dicts()
    if not plans:
        none = sentences.state("plans.finding.none", view.lang, region=view.name())
        return findings.draw_findings(view, (none,), ())
    lines = (
        (_say_exceeded(view, plans), _say_over(view, plans), _say_open(view, plans), _say_few(view, plans)),
        (_say_raised(view, plans),), (_say_used(view),),
    )  # fmt: skip
    return findings.draw_findings(view, (findings.join(line, view.lang) for line in lines), ())


def is_open(plan: Plan) -> bool:
    """Is the plan, though not very likely to exceed its ceiling, likelier to exceed it than not?"""
    return not is_over(plan) and (plan["chance_over"] or 0) >= OPEN


def _list(view: View, plans: Sequence[Plan], say: Callable[[Plan], str]) -> str:
    """The first plans in words, in the order given, and how many there are where some are left out."""
    names = text("plans.and", view.lang).join(say(p) for p in plans[:NAMED])
    return text("plans.more", view.lang, names=names, n=len(plans)) if len(plans) > NAMED else names


def _heavy(finding: Finding) -> Finding:
    return replace(finding, sign="▲", verdict=Verdict.HEAVIER)


def _say_raised(view: View, plans: Sequence[Plan]) -> Finding:
    lang, raised = view.lang, [p for p in plans if p["raised"]]
    if not raised:
        return sentences.state("plans.finding.raised_none", lang, n=len(plans))

    def say(plan: Plan) -> str:
        name = name_plan(view, plan, region=True)
        return text("plans.finding.raised_plan", lang, plan=name, ceiling=f"{plan['ceiling']:,}",
                    before=f"{plan['previous_actual']:,}")  # fmt: skip

    return _heavy(sentences.state("plans.finding.raised", lang, n=len(raised), list=_list(view, raised, say)))


def _say_exceeded(view: View, plans: Sequence[Plan]) -> Finding | None:
    lang, gone = view.lang, [p for p in plans if p["issued"] > p["ceiling"]]
    if not gone:
        return None

    def say(plan: Plan) -> str:
        used = f"{plan['issued']:,}" if plan["used"] is None else f"{plan['used']:.0%}"
        return text("plans.finding.exceeded_plan", lang, plan=name_plan(view, plan, region=True), used=used)

    return _heavy(sentences.state("plans.finding.exceeded", lang, n=len(gone), list=_list(view, gone, say)))


def _say_over(view: View, plans: Sequence[Plan]) -> Finding | None:
    lang = view.lang
    if all(p["projected"] is None for p in plans):
        return None
    over = [p for p in plans if is_over(p) and p["issued"] <= p["ceiling"]]
    if not over:
        return sentences.state("plans.finding.over_none", lang)

    def say(plan: Plan) -> str:
        return text("plans.finding.over_plan", lang, plan=name_plan(view, plan, region=True), end=say_end(view, plan))

    return _heavy(sentences.state("plans.finding.over", lang, n=len(over), list=_list(view, over, say)))


def _say_open(view: View, plans: Sequence[Plan]) -> Finding | None:
    known = sorted((p for p in plans if is_open(p)), key=lambda p: -p["chance_over"])

    def say(plan: Plan) -> str:
        name = name_plan(view, plan, region=True)
        return text("plans.finding.open_plan", view.lang, plan=name, chance=say_chance(view, plan))

    return sentences.state("plans.finding.open", view.lang, n=len(known), list=_list(view, known, say)) if known else None


def _say_few(view: View, plans: Sequence[Plan]) -> Finding | None:
    few = sum(p["used"] is not None and p["projected"] is None for p in plans)
    return sentences.state("plans.finding.few", view.lang, n=few) if few else None


def _say_used(view: View) -> Finding | None:
    own = [p for p in find_own(view).iter_rows(named=True) if p["used"] is not None]
    if not own:
        return None
    used, day = [p["used"] for p in own], max(p["as_of"] for p in own)
    ahead = sum((p["projected"] or p["used"]) >= 1 for p in own)
    return sentences.state(
        "plans.finding.used", view.lang, region=view.name(), n=len(own), ahead=ahead, low=f"{min(used):.0%}",
        high=f"{max(used):.0%}", elapsed=f"{day.timetuple().tm_yday / day.replace(month=12, day=31).timetuple().tm_yday:.0%}",
    )  # fmt: skip
