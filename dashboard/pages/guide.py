"""The short tour of a page: offered once in a line on the first visit, and at any time by the words in the first row.

The steps stand in the page as data; `guide.js` shows them one by one beside what they speak of, and remembers in the browser
that the line was shown.
"""

import json
from typing import Final

from dashboard.i18n import text
from dashboard.pages.markup import esc
from dashboard.pages.view import View

STEPS: Final = {
    "filters": ".strip .filters", "search": ".strip .seek", "findings": ".findings", "status": ".strip .status",
    "tools": ".ph .tools", "picture": ".plot.pick", "foot": "footer.foot",
}  # fmt: skip
WORDS: Final = ("next", "back", "close")


def write_guide_button(view: View) -> str:
    """HTML of the words that start the tour; nothing where a picture stands alone or in another page."""
    if view.state.embed or view.state.only:
        return ""
    return f'<button type="button" class="how" data-guide="start">{esc(text("guide.link", view.lang))}</button>'


def draw_guide(view: View) -> str:
    """HTML of the line for a first visit, with the steps; nothing where the page stands in another one."""
    if view.state.embed:
        return ""
    lang = view.lang
    steps = [
        {"at": at, "title": text(f"guide.{key}", lang), "text": text(f"guide.{key}_means", lang)} for key, at in STEPS.items()
    ]
    words = {word: text(f"guide.{word}", lang) for word in WORDS}
    data = json.dumps({"steps": steps, **words}, ensure_ascii=False, separators=(",", ":"))
    return (
        f'<aside class="guide" aria-label="{esc(text("guide.link", lang))}" data-tour="{esc(data)}">'
        f'<span>{esc(text("guide.invite", lang))}</span>'
        f'<button type="button" data-guide="start">{esc(text("guide.start", lang))}</button>'
        f'<button type="button" data-guide="dismiss">{esc(text("guide.dismiss", lang))}</button></aside>'
    )
