"""`feedback`: messages of the 谈减负 channel by theme, kind and region, how they are dealt with, beside what points report.

A register: counted as it came, without interval, and regions are never put in an order by it.
"""


from dashboard.i18n import format as fmt
from dashboard.i18n import sentences, text
from dashboard.i18n.measures import measure
from dashboard.i18n.sentences import Finding
from dashboard.pages import feedback_counts, feedback_regions, feedback_texts
from dashboard.pages.feedback_scope import BESIDE, KIND, THEME, WORDS, find_beside, find_messages, find_queue
from dashboard.pages.findings import draw_findings
from dashboard.pages.page import Page
from dashboard.pages.period import Preset
from dashboard.pages.sheet import columns, write
from dashboard.pages.view import View
from pipelines.contracts import codes

WIDTH = 662
NAMED = 2


def draw(view: View) -> None:
    """Draw the page."""
    write(draw_findings(view, (_say_messages(view), _say_handling(view), _say_queue(view)), ()))
    left, right = columns(2)
    with left:
        feedback_counts.draw_months(view, width=WIDTH)
    with right:
        feedback_counts.draw_themes(view, width=WIDTH)
    left, right = columns(2)
    with left:
        feedback_counts.draw_spells(view, width=WIDTH)
    with right:
        feedback_counts.draw_actions(view, width=WIDTH)
    write(feedback_regions.write_heading(view))
    left, right = columns(2)
    with left:
        feedback_regions.draw_beside(view, width=WIDTH)
        feedback_regions.draw_queue(view)
    with right:
        feedback_regions.draw_regions(view)
    with columns(1)[0]:
        feedback_texts.draw_texts(view)


def _say_messages(view: View) -> Finding:
    """How many came, of which kinds, on what most."""
    lang, found = view.lang, find_messages(view)
    place = view.name()
    if found.is_empty():
        return sentences.state("feedback.finding.none", lang, region=place)
    comma = text("feedback.finding.comma", lang)
    kinds = found["kind"].value_counts(name="n").sort(["n", "kind"], descending=[True, False])
    themes = found["theme"].value_counts(name="n").sort(["n", "theme"], descending=[True, False]).head(NAMED)
    return sentences.state(
        "feedback.finding.messages", lang, region=place, n=f"{found.height:,}",
        kinds=comma.join(_count(codes.FEEDBACK_KIND.label(k, lang), n, view) for k, n in kinds.iter_rows()),
        themes=comma.join(_count(codes.THEME.label(t, lang), n, view) for t, n in themes.iter_rows()),
    )  # fmt: skip


def _count(name: str, n: int, view: View) -> str:
    return text("feedback.finding.count", view.lang, name=name, n=n)


def _say_handling(view: View) -> Finding | None:
    """How soon messages were closed and whether something was done, as the registers say."""
    rows = {i: view.ask(i).row(0, named=True) for i in feedback_regions.REGISTERS[1:]}
    found = find_messages(view)
    if found.is_empty():
        return None
    waiting = found.filter(spell="open")
    shares = {
        key: fmt.level(row["estimate"], measure(i)) if row["estimate"] is not None else "–"
        for key, (i, row) in zip(("prompt", "acted"), rows.items(), strict=True)
    }
    oldest = int(str(waiting["age"].max())) if waiting.height else 0
    key = "feedback.finding.handling" if waiting.height else "feedback.finding.handling_done"
    return sentences.state(key, view.lang, waiting=waiting.height, oldest=oldest, **shares)


def _say_queue(view: View) -> Finding:
    """Where many messages stand beside low counts."""
    lang, queue = view.lang, find_queue(view)
    if queue.is_empty():
        return sentences.state("feedback.finding.no_queue", lang)
    named = [
        text("feedback.finding.place", lang, region=view.name(r["group"]), theme=codes.THEME.label(r["theme"], lang))
        for r in queue.head(4).to_dicts()
    ]
    return sentences.state(
        "feedback.finding.queue", lang, n=queue.height, places=text("feedback.finding.comma", lang).join(named)
    )


PAGE = Page("feedback", feedback_regions.REGISTERS, draw, {
    "months": feedback_counts.find_months, "themes": feedback_counts.find_themes, "spells": feedback_counts.find_spells,
    "actions": feedback_counts.find_actions, "beside": find_beside, "queue": find_queue,
    "regions": feedback_regions.find_regions, "texts": feedback_texts.find_texts,
}, (KIND, THEME, BESIDE, WORDS), Preset.ROLLING_YEAR, is_register=True)  # fmt: skip
