"""The message catalogues: one TOML file an area and language, read once; keys are `<area>.<path>`.

Only looking up and filling in belongs here. A key that does not exist is a defect of the caller and raises KeyError.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

Lang = Literal["zh", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = get_args(Lang)
_FOLDER = Path(__file__).parent


def text(key: str, lang: Lang, **values: object) -> str:
    """The message of a key with its `{placeholders}` filled in. Raises KeyError for an unknown key or placeholder."""
    message = messages(lang)[key]
    return message.format(**values) if values or "{" in message else message


def has(key: str, lang: Lang) -> bool:
    """Is there a message of that key?"""
    return key in messages(lang)


@cache
def messages(lang: Lang) -> dict[str, str]:
    """Every message of a language by its full key."""
    found: dict[str, str] = {}
    for file in sorted((_FOLDER / lang).glob("*.toml")):
        found |= _flatten(tomllib.loads(file.read_text(encoding="utf-8")), file.stem)
    return found


def _flatten(table: dict[str, Any], prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        flat |= _flatten(value, key) if isinstance(value, dict) else {key: str(value)}
    return flat
