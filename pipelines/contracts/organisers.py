"""Organisers and issuers: the table of aliases, and the one name under which an office is counted (DATA.md §4).

Points write the same office in many ways: 市发改委, 南阳市发展和改革委员会, 中共南阳市委办. What stands here is the end of a
name, so that one entry serves every place; a name without a place gets that of the point's own city or county.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

# The name under which an office is counted → other ways to write the end of it.
ALIASES: dict[str, tuple[str, ...]] = {
    "纪委监委": (
        "纪律检查委员会监察委员会", "纪律检查委员会", "纪检监察委员会", "监察委员会", "纪委、监委", "纪委监察委", "纪委", "监委",
    ),
    "委办公室": ("委办",),
    "委办公厅": (),
    "委组织部": ("委组织部门", "组织部"),
    "委宣传部": ("宣传部",),
    "委统战部": ("委统一战线工作部", "统战部"),
    "委政法委": ("委政法委员会", "政法委员会", "政法委"),
    "委社会工作部": ("委社工部", "社会工作部", "社工部"),
    "委巡察办": ("委巡察工作领导小组办公室", "委巡察办公室", "巡察办"),
    "委网信办": ("委网络安全和信息化委员会办公室", "网信办"),
    "政府办公室": ("人民政府办公室", "政府办", "人民政府办"),
    "政府办公厅": ("人民政府办公厅",),
    "发展和改革委": ("发展和改革委员会", "发展改革委员会", "发展改革委", "发改委"),
    "卫生健康委": ("卫生健康委员会", "卫健委"),
    "工业和信息化厅": ("工信厅",),
    "工业和信息化局": ("工信局",),
    "科学技术局": ("科技局",),
    "科学技术厅": ("科技厅",),
    "教育局": ("教体局", "教育体育局"),
    "住房和城乡建设厅": ("住建厅",),
    "住房和城乡建设局": ("住建局",),
    "自然资源和规划局": ("自然资源规划局", "资规局"),
    "生态环境厅": ("环境保护厅", "环保厅"),
    "生态环境局": ("环境保护局", "环保局"),
    "应急管理厅": ("应急厅",),
    "应急管理局": ("应急局",),
    "市场监督管理局": ("市场监管局",),
    "人力资源和社会保障厅": ("人力资源社会保障厅", "人社厅"),
    "人力资源和社会保障局": ("人力资源社会保障局", "人社局"),
    "农业农村厅": ("农业厅",),
    "农业农村局": ("农业局",),
    "退役军人事务局": ("退役军人局",),
    "医疗保障局": ("医保局",),
    "城市管理局": ("城管局", "城市综合执法局"),
    "文化广电和旅游局": ("文化广电旅游局", "文广旅局", "文旅局"),
    "消防救援大队": ("消防大队",),
    "消防救援支队": ("消防支队",),
    "公安局": ("公安分局",),
}
_PARTY = re.compile(r"^(中国共产党|中共)")
_BARE = {  # a place that is only named by its kind, and whose name stands for it
    "province": re.compile(r"^全?省"),
    "city": re.compile(r"^市(?!场)"),
    "county": re.compile(r"^(县\(区\)|县\(市、区\)|县|区)(?![域直])"),
}


@cache
def _endings() -> dict[str, str]:
    """Ending → name; a name ends itself, so that no shorter alias cuts into it."""
    return {word: name for name, words in ALIASES.items() for word in (name, *words)}


@cache
def _lengths() -> tuple[int, ...]:
    """The lengths of the endings, the longest first."""
    return tuple(sorted({len(word) for word in _endings()}, reverse=True))


def name_organiser(written: str, level: str, places: Mapping[str, str]) -> str:
    """The one name of an office, of however a point wrote it.

    `level`: of the office, as the row has it; `places`: level (`province`, `city`, `county`) → name of where the point lies.
    """
    name = _PARTY.sub("", "".join(unicodedata.normalize("NFKC", written).split()))
    for kind, pattern in _BARE.items():
        if kind in places and (bare := pattern.match(name)):
            name = places[kind] + name[bare.end() :]
            break
    for length in _lengths():
        if office := _endings().get(name[-length:]):
            return (name[:-length] or places.get(level, "")) + office
    return name
