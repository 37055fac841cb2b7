"""A deck of the reader's own: checked, or refreshed in place, and given back with the report."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard import briefing
from dashboard.i18n import Lang, text
from dashboard.pages.markup import esc
from dashboard.pages.sheet import flush, is_open, write
from dashboard.pages.view import View
from pipelines.contracts import months
from pipelines.contracts.errors import BurdenError

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Answer:
    """What a deck came to: sentences, and the refreshed file with its name."""

    file: str
    lines: tuple[str, ...]
    content: bytes | None = None
    name: str = ""


def draw_upload(view: View) -> None:
    """The box that takes a deck, two buttons, and what they found."""
    lang = view.lang
    write(f'<div class="section"><h2>{esc(text("briefing_page.upload.title", lang))}</h2></div>')
    if not is_open():
        return
    flush()
    with st.container(key="deck"):
        st.html(f'<p class="deck-means">{esc(text("briefing_page.upload.means", lang))}</p>{_write_words(lang)}')
        file = st.file_uploader(text("briefing_page.upload.choose", lang), type=["pptx"], key=f"deck-{lang}")
        if file is None:
            return
        check, refresh, report, _ = st.columns([1, 1, 2, 4], vertical_alignment="center")
        with_report = report.checkbox(text("briefing_page.upload.report", lang), key=f"report-{lang}")
        if check.button(text("briefing_page.upload.check", lang), key=f"check-{lang}"):
            st.session_state["deck-answer"] = run_deck(view, file.name, file.getvalue(), check=True)
        if refresh.button(text("briefing_page.upload.refresh", lang), key=f"refresh-{lang}", type="primary"):
            with st.spinner(text("briefing_page.upload.working", lang)):
                st.session_state["deck-answer"] = run_deck(view, file.name, file.getvalue(), report=with_report)
        answer = st.session_state.get("deck-answer")
        if isinstance(answer, Answer) and answer.file == file.name:
            _tell(view, answer)


def _write_words(lang: Lang) -> str:
    """Style that puts words of the catalogue on Streamlit's own button, which has English ones only."""
    words = text("briefing_page.upload.button", lang).replace('"', "")
    return f"<style>.st-key-deck [data-testid=stFileUploaderDropzone] button p::after {{ content: \"{words}\"; }}</style>"


def run_deck(view: View, name: str, content: bytes, *, check: bool = False, report: bool = False) -> Answer:
    """Check a deck or refresh it; what is wrong with it is a sentence."""
    lang = view.lang
    try:
        if check:
            checked = briefing.check(view.snapshot, content, view.snapshot.as_of, name=name, lang=lang)
            return Answer(name, tuple(checked.lines(view.snapshot, lang)))
        done = briefing.refresh(view.snapshot, content, name=name)
        deck = briefing.add_report(done.content, done.report, lang) if report else done.content
    except BurdenError as error:
        return Answer(name, (error.sentence(lang),))
    month = months.iso(done.report.after)
    return Answer(name, tuple(done.report.lines(lang, name)), deck, f"{name.removesuffix('.pptx')}_{month}.pptx")


def _tell(view: View, answer: Answer) -> None:
    if answer.content is not None:
        st.download_button(
            text("briefing_page.upload.get", view.lang, name=answer.name), answer.content, answer.name, MEDIA, key="deck-get"
        )
    st.html(f'<div class="scroll">{_list(answer.lines)}</div>')


def _list(lines: Iterable[str]) -> str:
    return '<ol class="report">' + "".join(f"<li>{esc(line)}</li>" for line in lines) + "</ol>"
