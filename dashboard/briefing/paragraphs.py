"""Sentences as paragraphs and runs of a shape: a run a piece, so that every number has one of its own."""

import math
from collections.abc import Sequence
from typing import Any

from dashboard.briefing import xml
from dashboard.briefing.drawing import colour
from dashboard.briefing.look import Look
from dashboard.briefing.sentences import Part, Sentence
from dashboard.briefing.xml import Element, make
from dashboard.charts import layout

_SMALLEST = 20.0
_PX_PER_POINT = 4 / 3
_EMU_PER_PX = 9525


def write(shape: Any, sentences: Sequence[Sentence], look: Look, size: float | None = None, *, leading: float = 0.0) -> None:
    """Put the sentences into a shape of python-pptx.

    Without a size, that of the placeholder holds; `leading`: points from line to line, 0: as the typeface has it.
    """
    body = shape._element.find(xml.tag("p:txBody"))
    for paragraph in body.findall(xml.tag("a:p")):
        body.remove(paragraph)
    for sentence in sentences:
        properties = None
        if leading:
            properties = make("a:pPr", make("a:lnSpc", make("a:spcPts", val=round(leading * 100))))
        elif len(sentences) > 1 and size:
            properties = make("a:pPr", make("a:spcBef", make("a:spcPts", val=200)))
        runs = [run(part, look, sentence.size or size) for part in sentence.parts]
        ending = make("a:endParaRPr", lang="zh-CN", sz=None if size is None else round(size * 100)) if not runs else None
        body.append(make("a:p", properties, *runs, ending))


def run(part: Part, look: Look, size: float | None) -> Element:
    """One run. A placeholder's own colour and weight hold where the piece has none."""
    fill = None
    if part.shade is not None:
        fill = make("a:solidFill", colour(part.shade))
    elif part.verdict is not None:
        fill = make("a:solidFill", colour(look.word(part.verdict)))
    elif part.grey or size is not None:
        fill = make("a:solidFill", colour(look.secondary if part.grey else look.text))
    fonts = [make("a:latin", typeface=look.latin), make("a:ea", typeface=look.east)]
    properties = make("a:rPr", fill, *fonts, lang="zh-CN", altLang="en-US", sz=None if size is None else round(size * 100),
                      b=True if part.bold else None)  # fmt: skip
    return make("a:r", properties, make("a:t", part.text))


def fit_title(shape: Any, words: str, width: int, size: float) -> None:
    """Shrink a long title of that size until it fits one line, or to 20 points, where it takes two."""
    need = layout.text_width(words, 12) / 12 * size * _PX_PER_POINT * 1.06
    room = width / _EMU_PER_PX
    if need <= room:
        return
    scale = max(room / need, min(_SMALLEST / size, 1.0))
    body = xml.find(shape._element, "p:txBody/a:bodyPr")
    for child in list(body):
        body.remove(child)
    body.append(make("a:normAutofit", fontScale=int(scale * 100) * 1000))


def count_lines(words: str, size: float, width: int) -> int:
    """About how many lines a text takes in that width (EMU)."""
    need = layout.text_width(words, 12) / 12 * size * _PX_PER_POINT * 1.05
    return math.ceil(need / (width / _EMU_PER_PX)) or 1


def write_badge(shape: Any, words: str, look: Look) -> None:
    """Words in a plain box, centred."""
    write(shape, [Sentence((Part(words, bold=True),))], look, 12.0)
    paragraph = shape._element.find(f".//{xml.tag('a:p')}")
    paragraph.insert(0, make("a:pPr", algn="ctr"))
    properties = xml.find(shape._element, "p:spPr")
    properties.append(make("a:ln", make("a:solidFill", colour(look.rule)), w=9525))


def text_of(body: Element) -> str:
    """The text of a shape, a line a paragraph."""
    return "\n".join("".join(t.text or "" for t in xml.every(p, ".//a:t")) for p in xml.every(body, "a:p"))
