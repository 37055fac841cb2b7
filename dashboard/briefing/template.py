"""What a deck is built on: the user's own template, or the built-in one; its layouts and placeholders by type and name."""

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import pptx
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Pt

from dashboard.briefing import builtin
from dashboard.briefing.look import THEMED, Look
from dashboard.briefing.package import DeckError

_SUBTITLE: Final = re.compile("副标题|说明|subtitle|kicker|lead", re.IGNORECASE)
_TITLE_ONLY: Final = re.compile("仅标题|图表|title only|chart", re.IGNORECASE)
_COVER: Final = re.compile("封面|标题幻灯片|cover|title slide", re.IGNORECASE)
_CONTENT: Final = ("chart", "obj", "tbl", "pic")
_GAP: Final = Pt(6)
TITLE_SIZE: Final = 28.0


@dataclass(frozen=True)
class Box:
    """A rectangle in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    def part(self, left: float, top: float, width: float, height: float) -> "Box":
        """A part of it, in fractions."""
        return Box(
            self.left + round(self.width * left), self.top + round(self.height * top), round(self.width * width),
            round(self.height * height),
        )  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """Where things go on a slide of one layout."""

    title: Box
    subtitle: Box
    content: Box
    footer: Box


class Stage:
    """A presentation without slides, and how to add some."""

    def __init__(self, presentation: Any, look: Look, *, own: bool) -> None:
        self.presentation, self.look, self.own = presentation, look, own

    def add(self, role: str) -> tuple[Any, Frame]:
        """A slide for the role `cover`, `chart`, `pair` or `text` with no empty placeholder but the title, and its frame."""
        layout = self._choose(role)
        slide = self.presentation.slides.add_slide(layout)
        frame = self._frame(layout, role)
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx != 0 and not (role == "cover" and _kind(holder) == "subTitle"):
                holder._element.getparent().remove(holder._element)
        return slide, frame

    def _choose(self, role: str) -> Any:
        """The layout of the type that fits, among several the one whose name says so; else the first with a title."""
        wanted = {"cover": ("title",), "pair": ("titleOnly", "twoObj", "obj"), "chart": ("titleOnly", "obj"),
                  "text": ("titleOnly", "obj")}[role]  # fmt: skip
        name = _COVER if role == "cover" else _TITLE_ONLY
        layouts = [x for x in self.presentation.slide_layouts if any(_is_title(h) for h in x.placeholders)]
        layouts = layouts or list(self.presentation.slide_layouts)  # without titles: a text box takes their place
        typed = [x for kind in wanted for x in layouts if x._element.get("type") == kind]
        named = [x for x in layouts if name.search(x.name or "")]
        both = [x for x in typed if x in named]
        return next(iter([*both, *typed, *named, *layouts]))

    def _frame(self, layout: Any, role: str) -> Frame:
        wide, high = self.presentation.slide_width, self.presentation.slide_height
        bare = Box(wide // 25, high // 24, wide - 2 * (wide // 25), high // 9)
        title = next((_box(h) for h in layout.placeholders if _is_title(h)), bare)
        named = [h for h in layout.placeholders if _kind(h) in ("body", "subTitle") and _SUBTITLE.search(h.name)]
        subtitle = _box(named[0]) if named else Box(title.left, title.bottom, title.width, Pt(26))
        feet = [_box(h) for h in layout.placeholders if _kind(h) in ("ftr", "sldNum", "dt")]
        foot = min((b.top for b in feet if b.top > high // 2), default=high - Pt(36))
        footer = Box(title.left, foot, title.width, max(min(high - foot, Pt(28)), Pt(22)))
        held = [_box(h) for h in layout.placeholders if _kind(h) in _CONTENT]
        top = subtitle.bottom + _GAP
        if held and role != "cover":
            left, right = min(b.left for b in held), max(b.left + b.width for b in held)
            content = Box(left, max(top, min(b.top for b in held)), right - left, 0)
        else:
            content = Box(title.left, top, title.width, 0)
        content = Box(content.left, content.top, min(content.width, wide - content.left), foot - _GAP - content.top)
        return Frame(title, subtitle, content, footer)

    def title_of(self, slide: Any, frame: Frame) -> Any:
        """The title of a slide: its placeholder, else a text box in its place."""
        if slide.shapes.title is not None:
            return slide.shapes.title
        box = frame.title
        holder = slide.shapes.add_textbox(Emu(box.left), Emu(box.top), Emu(box.width), Emu(box.height))
        holder.text_frame.word_wrap = True
        return holder

    def title_size(self, slide: Any) -> float:
        """The size of a title in points, as the layout or the master sets it."""
        layout, master = slide.slide_layout, slide.slide_layout.slide_master
        own = [h._element for s in (layout, master) for h in s.placeholders if _is_title(h)]
        levels = [e.find(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr") for e in own]
        levels.append(master._element.find(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr"))
        sizes = [int(level.get("sz")) / 100 for level in levels if level is not None and level.get("sz")]
        return sizes[0] if slide.shapes.title is not None and sizes else TITLE_SIZE

    def save(self) -> bytes:
        """The presentation as a file."""
        out = io.BytesIO()
        self.presentation.save(out)
        return out.getvalue()


def open_stage(template: Path | None) -> Stage:
    """The user's template with its own slides taken out, or the built-in one. Raises DeckError."""
    if template is None:
        return Stage(builtin.build(), Look(), own=True)
    try:
        presentation = pptx.Presentation(str(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        raise DeckError(f"模板“{template}”无法读取；请给出 .pptx 文件（.potx 请先另存为 .pptx）。",
                        f"The template “{template}” cannot be read; give a .pptx file (save a .potx as .pptx first).") from None
    listed = presentation.slides._sldIdLst
    for slide in list(listed):
        presentation.part.drop_rel(slide.rId)
        listed.remove(slide)
    sections = presentation.part._element.xpath('.//*[local-name()="sectionLst"]')
    for section in sections:  # sections would name slides that are gone
        section.getparent().getparent().remove(section.getparent())
    return Stage(presentation, THEMED, own=False)


def _kind(holder: Any) -> str:
    found = holder._element.xpath(".//p:nvPr/p:ph")
    return str(found[0].get("type", "obj")) if found else ""


def _is_title(holder: Any) -> bool:
    return _kind(holder) in ("title", "ctrTitle")


def _box(holder: Any) -> Box:
    return Box(*(Emu(v or 0) for v in (holder.left, holder.top, holder.width, holder.height)))
