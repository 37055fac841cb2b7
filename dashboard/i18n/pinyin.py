"""How names of regions and indicators are spelt in pinyin, from `pinyin.toml`; what is not listed has no spelling."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("pinyin.toml")


def spell(name: str) -> tuple[str, ...]:
    """The syllables of a name: `内乡县` is `nei, xiang, xian`; ü is v, figures and Latin words stay one. Empty where unknown."""
    return tuple(_spellings().get(name, "").split())


@cache
def _spellings() -> dict[str, str]:
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: spelling for table in tables.values() for name, spelling in table.items()}
