"""What a file must say about itself: title, definition, period, place, coverage, snapshot, what is not shown."""

from dashboard.i18n import format as fmt
from dashboard.i18n import text
from dashboard.pages.panel import Drawn, say_source
from dashboard.pages.view import View
from pipelines.contracts.indicators import INDICATORS


def list_notes(view: View, drawn: Drawn | None) -> list[tuple[str, str]]:
    """What and its words, in the reader's language."""
    lang = view.lang

    def said(key: str) -> str:
        return text(f"exports.{key}", lang)

    notes = [(said("page"), text(f"pages.nav.{view.page}", lang))]
    if drawn:
        notes += [(said("title"), drawn.panel.title), (said("subtitle"), drawn.panel.subtitle)]
    notes += [
        (said("place"), view.name()),
        (said("period"), fmt.period(view.period.first, view.period.last, lang)),
        (said("compare"), view.say_compared(f"pages.compare.{view.compared_as}")),
    ]
    if drawn:
        notes += [(said("source"), line) for line in say_source(view, drawn.panel)]
        notes += _list_coverage(view, drawn)
        notes += [(INDICATORS[i].name(lang), INDICATORS[i].definition(lang)) for i in drawn.panel.indicators]
    notes += [
        (said("snapshot"), f"{view.snapshot.id} · {view.snapshot.manifest['published_at']}"),
        (said("interval"), said("interval_means")), (said("absence"), said("absence_means")), (said("view"), view.href()),
    ]  # fmt: skip
    return [(what, words) for what, words in notes if words]


def _list_coverage(view: View, drawn: Drawn) -> list[tuple[str, str]]:
    """Response of the first indicator in the place and period, where it is estimated."""
    if not drawn.panel.indicators:
        return []
    row = view.ask(drawn.panel.indicators[0]).row(0, named=True)
    if row["response_rate"] is None:
        return []
    share = text("pages.strip.coverage", view.lang, share=f"{row['response_rate']:.0%}")
    return [(text("exports.coverage", view.lang), share)]
