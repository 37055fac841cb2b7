"""What a refresh rests on: the source files, the settings of `burden.toml`, the marker of synthetic data, the code.

Together they have a fingerprint; where it is that of the current snapshot there is nothing new.
"""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

import pipelines
from pipelines.contracts.errors import BurdenError
from pipelines.contracts.indicators import INDICATORS
from pipelines.contracts.policy import Policy
from pipelines.contracts.synthetic import SYNTHETIC_FOLDER, SYNTHETIC_MARKER
from pipelines.ingest import SourceFile, scan
from pipelines.refresh.prints import Prints

POLICY_FILE = "burden.toml"
ROOMS = ("contracts", "regions", "ingest", "conform", "marts", "warehouse", "refresh")


@dataclass(frozen=True)
class Inputs:
    """Everything that decides what a refresh publishes, but the day; `synthetic` is the demo's marker or None."""

    sources: tuple[SourceFile, ...]
    policy: Policy
    synthetic: dict[str, Any] | None
    version: str

    @property
    def fingerprint(self) -> str:
        """One hash of it all."""
        parts = [
            [[s.path, s.size, s.sha256, s.mtime_minute] for s in self.sources],
            self.policy.model_dump(mode="json"), self.synthetic, self.version,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def gather(raw: Path, prints: Prints | None = None) -> Inputs:
    """Look at the raw folder and the settings beside it; `prints` spare the reading of large files.

    Raises BurdenError where there is nothing to read or it is refused.
    """
    sources = scan(raw, prints.look) if prints else scan(raw)
    if not sources:
        raise BurdenError(
            f"原始数据文件夹“{raw}”内没有文件；请放入台账，或用 burden demo 生成示例数据。",
            f"The raw folder “{raw}” holds no files; put ledgers there, or write demo data with `burden demo`.",
        )
    return Inputs(tuple(sources), load_policy(raw), read_marker(raw, sources), find_version())


def load_policy(raw: Path) -> Policy:
    """The settings of `burden.toml` beside the raw folder, defaults where there is none. Raises BurdenError."""
    path = raw.absolute().parent / POLICY_FILE
    if not path.exists():
        return Policy()
    try:
        policy = Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        raise _bad_policy(path, "须以 UTF-8 编码保存", "save it as UTF-8") from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise _bad_policy(path, f"无法解析：{error}", f"it cannot be read: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _bad_policy(path, f"“{where}”无效：{first['msg']}", f"“{where}” is not valid: {first['msg']}") from None
    unknown = sorted({*policy.targets, *(r.indicator for r in policy.rebases)} - set(INDICATORS))
    if unknown:
        raise _bad_policy(path, f"没有指标“{unknown[0]}”", f"there is no indicator “{unknown[0]}”")
    return policy


def _bad_policy(path: Path, zh: str, en: str) -> BurdenError:
    return BurdenError(
        f"设置文件“{path}”有误：{zh}；请改正后重试。",
        f"The settings “{path}” are wrong: {en}; mend them and try again.",
    )


def read_marker(raw: Path, sources: list[SourceFile]) -> dict[str, Any] | None:
    """The marker of synthetic data, None where the ledgers are real. Raises BurdenError where the two are mixed."""
    inside = [s for s in sources if s.path.startswith(f"{SYNTHETIC_FOLDER}/")]
    whole = (raw / SYNTHETIC_MARKER).exists()
    marker = raw / SYNTHETIC_MARKER if whole else raw / SYNTHETIC_FOLDER / SYNTHETIC_MARKER
    if not marker.exists():
        if inside:
            raise BurdenError(
                f"“{SYNTHETIC_FOLDER}”内缺少标记文件“{SYNTHETIC_MARKER}”，无法分辨真实与示例数据；请移走该文件夹或重新生成示例数据。",
                f"“{SYNTHETIC_FOLDER}” lacks its marker “{SYNTHETIC_MARKER}”, so synthetic and real data cannot be told "
                "apart; move the folder away or write the demo data again.",
            )
        return None
    outside = [] if whole else [s for s in sources if s not in inside]
    if outside:
        raise BurdenError(
            f"示例数据不能与其他台账混用：“{outside[0].shown}”不在“{SYNTHETIC_FOLDER}”内；请移走其中一方。",
            f"Synthetic data cannot be mixed with other ledgers: “{outside[0].shown}” lies outside “{SYNTHETIC_FOLDER}”; "
            "move one of the two away.",
        )
    return _parse_marker(marker)


def _parse_marker(marker: Path) -> dict[str, Any]:
    try:
        content = json.loads(marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = None
    if not isinstance(content, dict):
        raise BurdenError(
            f"示例数据标记“{marker}”无法读取；请重新生成示例数据。",
            f"The marker of synthetic data “{marker}” cannot be read; write the demo data again.",
        )
    return content


@cache
def find_version() -> str:
    """A hash of the code and data that turn files into tables, and of the reader's release: 12 hexadecimal digits."""
    digest = hashlib.sha256(pl.__version__.encode())
    home = Path(pipelines.__file__).parent
    for room in ROOMS:
        for path in sorted((home / room).rglob("*")):
            if path.suffix in {".py", ".csv"}:
                digest.update(path.relative_to(home).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
