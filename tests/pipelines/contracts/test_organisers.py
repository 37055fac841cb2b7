"""One office, one name: however a point writes it."""

import pytest

from pipelines.contracts.organisers import ALIASES, name_organiser

PLACES = {"province": "河南省", "city": "南阳市", "county": "宛城区"}


@pytest.mark.parametrize(
    ("written", "level", "name"),
    [
        ("市发改委", "city", "南阳市发展和改革委"),
        ("南阳市发展和改革委员会", "city", "南阳市发展和改革委"),
        ("中共南阳市委办", "city", "南阳市委办公室"),
        ("市场监管局", "city", "南阳市市场监督管理局"),
        ("市市场监管局", "city", "南阳市市场监督管理局"),
        ("县应急局", "county", "宛城区应急管理局"),
        ("县（区）住建局", "county", "宛城区住房和城乡建设局"),
        ("宣传部", "county", "宛城区委宣传部"),
        ("省应急厅", "province", "河南省应急管理厅"),
        ("省 政府办公厅", "province", "河南省政府办公厅"),
        ("南阳市纪委", "city", "南阳市纪委监委"),
        ("乡镇应急管理办公室", "township", "乡镇应急管理办公室"),
        ("县域经济专班", "county", "县域经济专班"),
    ],
)
def test_spellings_of_one_office_get_one_name(written: str, level: str, name: str) -> None:
    assert name_organiser(written, level, PLACES) == name
    assert name_organiser(name, level, PLACES) == name


def test_no_alias_has_two_names() -> None:
    words = [word for name, aliases in ALIASES.items() for word in (name, *aliases)]
    assert len(words) == len(set(words))


def test_without_a_place_a_bare_name_stays() -> None:
    assert name_organiser("市发改委", "city", {"province": "河南省"}) == "市发展和改革委"
