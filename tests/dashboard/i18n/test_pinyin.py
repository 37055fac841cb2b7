"""Names are spelt as they are read: the places against their official English names, every name with a syllable a character."""

import csv
import re
from pathlib import Path

from dashboard.i18n.pinyin import spell
from pipelines.contracts.indicators import INDICATORS

REGIONS = Path(__file__).parents[3] / "pipelines" / "regions"
KINDS = r" (District|County|City|Province)$"


def read_names() -> dict[str, str]:
    """Chinese name → English name of the cities, counties and zones."""
    english = {(r["level"], r["code"]): r["name_en"] for r in csv.DictReader((REGIONS / "names_en.csv").open(encoding="utf-8"))}
    names = {"河南省": english["province", "410000"]}
    for row in csv.DictReader((REGIONS / "henan_divisions.csv").open(encoding="utf-8")):
        if row["level"] in ("city", "county"):
            names[row["name"]] = english[row["level"], row["code"]]
    return names


def test_places_are_read_as_their_english_names_spell_them() -> None:
    for name, english in read_names().items():
        if " Zone" in english or " Park" in english:
            continue
        plain = re.sub(KINDS, "", english).lower().replace(" ", "").replace("'", "").replace("ü", "v")
        assert "".join(spell(name)).startswith(plain), (name, english, spell(name))


def test_every_name_has_a_syllable_for_each_character() -> None:
    zones = [r["name"] for r in csv.DictReader((REGIONS / "henan_functional_zones.csv").open(encoding="utf-8"))]
    for name in [*read_names(), *zones, *(i.zh for i in INDICATORS.values())]:
        tokens = re.findall(r"[一-鿿]|[A-Za-z0-9]+", name)
        assert len(spell(name)) == len(tokens), name
        assert all(re.fullmatch(r"[a-z]+|\d+", syllable) for syllable in spell(name)), name
    assert spell("没有这个名字") == ()
