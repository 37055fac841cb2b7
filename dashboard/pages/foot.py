"""The foot of every page: how to read it, the kinds of absence, the definitions, in three columns."""

from dashboard.i18n import text
from dashboard.pages.markup import esc, link
from dashboard.pages.view import View
from pipelines.contracts.indicators import INDICATORS

KINDS = ("zero", "missing", "not_due", "suppressed", "not_estimable", "no_points")


def draw_foot(view: View, indicators: tuple[str, ...], is_register: bool = False) -> str:
    """HTML of the foot; `indicators` are those that the page defines; a register is counted, not estimated."""
    lang = view.lang
    kinds = "".join(
        f"<b>{esc(text(f'pages.foot.{k}', lang))}</b> {esc(text(f'pages.foot.{k}_means', lang))}" for k in KINDS
    )
    terms = "".join(
        f"<b>{link(INDICATORS[i].name(lang), view.define(i))}</b> {esc(INDICATORS[i].definition(lang))}" for i in indicators
    )
    columns = (
        (text("pages.foot.reading", lang), esc(text(f"pages.foot.reading_{'counted' if is_register else 'means'}", lang))),
        (text("pages.foot.absence", lang), kinds),
        (text("pages.foot.definition", lang), terms),
    )
    body = "".join(f"<section><h2>{esc(title)}</h2><p>{content}</p></section>" for title, content in columns)
    return f'<footer class="foot">{body}</footer>'
