"""Every kind of absence has a pill and one reason, in both languages."""

import pytest
from made_rows import made_row

from dashboard.i18n import LANGUAGES, absence
from dashboard.i18n.catalogue import Lang

KINDS = [
    ("no_data", "missing", "缺报"), ("no_data", "not_due", "未到期"), ("no_data", "no_points", "无样本点"),
    ("suppressed", "few_points", "ⓢ 不公布"), ("suppressed", "few_people", "ⓢ 不公布"),
    ("suppressed", "complementary", "ⓢ 不公布"), ("not_estimable", "no_denominator", "不可估计"),
    ("not_estimable", "few_points", "不可估计"), ("withheld", None, "不排名"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "reason", "word"), KINDS)
def test_pills(status: str, reason: str | None, word: str) -> None:
    assert absence.pill(made_row(status=status, reason=reason), "zh") == word


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_reason_has_its_own_sentence(lang: Lang) -> None:
    said = [absence.reason(made_row(status=s, reason=r), lang) for s, r, _ in KINDS]
    assert len(set(said)) == len(KINDS)


def test_an_unknown_reason_falls_back_to_its_kind() -> None:
    assert absence.reason(made_row(status="suppressed", reason="unheard_of"), "zh") == "为保护个人信息不公布"


def test_a_number_of_few_points_is_not_drawn() -> None:
    assert not absence.is_drawn(made_row(status="not_estimable", reason="few_points", estimate=3.0))
    assert absence.is_drawn(made_row(status="withheld", estimate=3.0))
    assert absence.is_drawn(made_row(estimate=0.0))
