"""Words become requests; what does not fit is one sentence that says what would."""

from pathlib import Path
from typing import Any

import pytest

from dashboard.answers import build_request
from dashboard.warehouse import Snapshot, open_snapshot
from pipelines.contracts.errors import RequestError


@pytest.fixture(scope="module")
def snapshot(small_warehouse: Path) -> Snapshot:
    return open_snapshot(small_warehouse)


def test_chinese_and_canonical_words_ask_the_same(snapshot: Snapshot) -> None:
    canonical = build_request(snapshot, "meetings", where=["level=county"], by="topic")
    chinese = build_request(snapshot, "会议数", where=["召开层级=县"], by="主题类别")
    assert canonical == chinese


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"indicator": "meeting"}, "no indicator “meeting”"),
        ({"indicator": "meetings", "region": "999999"}, "no region “999999”"),
        ({"indicator": "meetings", "region": "41'; DROP TABLE dim_point; --"}, "no region"),
        ({"indicator": "meetings", "first": "2026-01"}, "both ends"),
        ({"indicator": "meetings", "first": "2026-13", "last": "2026-14"}, "not a month"),
        ({"indicator": "meetings", "first": "2026-05", "last": "2026-01"}, "before it starts"),
        ({"indicator": "meetings", "by": "carrier"}, "cannot be grouped by “carrier”"),
        ({"indicator": "meetings", "where": ["carrier=paper"]}, "has no filter"),
        ({"indicator": "meetings", "where": ["level"]}, "has no filter"),
        ({"indicator": "meetings", "where": ["level=nation"]}, "has no “nation”"),
        ({"indicator": "meetings", "where": ["level=county", "level=city"]}, "one value only"),
        ({"indicator": "meetings", "where": ["level=county"], "by": "level"}, "cannot both group and filter"),
        ({"indicator": "meetings", "share": True}, "needs a breakdown"),
        ({"indicator": "meetings", "compare": "month"}, "not a comparison"),
        ({"indicator": "vacancy_rate", "by": "age_band"}, "cannot be grouped"),
        ({"indicator": "burden_hours", "where": ["topic=safety"]}, "has no filter"),
    ],
)
def test_what_does_not_fit_is_one_sentence(snapshot: Snapshot, words: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RequestError) as caught:
        build_request(snapshot, **words)
    assert sentence in caught.value.en
    assert caught.value.zh.endswith("。")
    assert "\n" not in caught.value.en
