"""Both languages say the same things, and every message is asked for by some code."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.i18n import LANGUAGES, text
from dashboard.i18n.catalogue import Lang, messages

ROOT = Path(__file__).parents[3]
SOURCES = sorted([*(ROOT / "dashboard").rglob("*.py"), ROOT / "burden.py"])
AREAS = {key.split(".")[0] for key in messages("zh")}


def _placeholders(message: str) -> set[str]:
    """The values of a message; how many are named and how many remain (`n`, `rest`) are one: languages choose."""
    names = {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}
    return {"n" if name == "rest" else name for name in names}


def _strings(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """(regular expression of a string in the code, is it the first argument of `text`?)."""
    asked = {id(n.args[0]) for n in ast.walk(tree) if isinstance(n, ast.Call) and n.args and _is_text(n.func)}
    inner = {id(v) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for v in n.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner:
            yield re.escape(node.value), id(node) in asked
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w\-]*" for v in node.values]
            yield "".join(parts), id(node) in asked


def _is_text(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "text") or (
        isinstance(function, ast.Attribute) and function.attr == "text"
    )


def _patterns() -> list[tuple[str, bool, Path]]:
    found = []
    for path in SOURCES:
        for pattern, asked in _strings(ast.parse(path.read_text(encoding="utf-8"))):
            if pattern.split(r"\.")[0] in AREAS and r"\." in pattern:
                found.append((pattern, asked, path))
    return found


def test_both_languages_have_the_same_keys() -> None:
    assert set(messages("zh")) == set(messages("en"))


def test_both_languages_fill_in_the_same_values() -> None:
    differing = {
        key for key, message in messages("zh").items() if _placeholders(message) != _placeholders(messages("en")[key])
    }
    assert not differing


def test_every_key_that_the_code_asks_for_exists() -> None:
    unknown = [
        (pattern, path.name)
        for pattern, asked, path in _patterns()
        if asked and not any(re.fullmatch(pattern, key) for key in messages("zh"))
    ]
    assert not unknown


def test_no_message_is_unused() -> None:
    """A key may be put together in two steps: `key = f"pages.shares.{page}"`, then `f"{key}.header"`."""
    whole, tails = {pattern for pattern, _, _ in _patterns()}, _tails()
    found = [re.compile(pattern) for pattern in {*whole, *(p + tail for p in whole for tail in tails)}]
    assert not [key for key in messages("zh") if not any(pattern.fullmatch(key) for pattern in found)]


def _tails() -> set[str]:
    tails = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and len(node.values) == 2 and isinstance(node.values[1], ast.Constant):
                tail = str(node.values[1].value)
                if isinstance(node.values[0], ast.FormattedValue) and re.fullmatch(r"[._]\w+", tail):
                    tails.add(re.escape(tail))
    return tails


def test_an_unknown_key_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("words.nothing_of_this_name", "zh")
    with pytest.raises(KeyError):
        text("words.interval", "zh", low="1")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_praises(lang: Lang) -> None:
    for key, message in messages(lang).items():
        assert not re.search("[!！]", message), key


def test_chinese_uses_full_width_punctuation() -> None:
    half_width = re.compile(r"[一-鿿][,;:?](?!\d)|[一-鿿]\(")
    assert not {k: m for k, m in messages("zh").items() if half_width.search(m)}
