"""Every indicator says what it is made of and which document asks for it."""

from pipelines.contracts.formula import write_formula
from pipelines.contracts.indicators import INDICATORS, Kind
from pipelines.contracts.ledgers import LEDGERS
from pipelines.contracts.policy import BurdenConstants
from pipelines.contracts.provenance import COLUMNS, DOCUMENTS, ORIGINS, columns_of
from pipelines.contracts.statistics import LEDGER_OF


def test_every_statistic_names_columns_of_its_ledger() -> None:
    assert set(COLUMNS) == set(LEDGER_OF)
    for statistic, columns in COLUMNS.items():
        assert columns
        assert set(columns) <= {c.name for c in LEDGERS[LEDGER_OF[statistic]].columns}, statistic


def test_every_indicator_names_its_columns_and_a_document() -> None:
    assert set(ORIGINS) == set(INDICATORS)
    for indicator in INDICATORS:
        assert ORIGINS[indicator]
        assert set(ORIGINS[indicator]) <= set(DOCUMENTS)
        for ledger, columns in columns_of(indicator).items():
            assert columns
            assert set(columns) <= {c.name for c in LEDGERS[ledger].columns}
    assert {key for keys in ORIGINS.values() for key in keys} == set(DOCUMENTS)
    assert columns_of("vacancy_rate") == {"standing": ("posts_established",), "staff": ("person_id",)}


def test_a_formula_has_the_factors_of_the_constants() -> None:
    assert write_formula(INDICATORS["meeting_hours"]) == "`meeting_minutes` ÷ 60"
    assert write_formula(INDICATORS["separation_rate"], quote="") == "12 × separations ÷ headcount"
    assert write_formula(INDICATORS["net_flow_rate"], quote="") == "(12 × joined − 12 × separations) ÷ headcount"
    other = BurdenConstants(hours_per_material=3)
    assert "3 × inspection_materials" in write_formula(INDICATORS["burden_hours"], other, quote="")
    assert all(bool(write_formula(i)) is (i.kind is not Kind.REGISTER) for i in INDICATORS.values())
