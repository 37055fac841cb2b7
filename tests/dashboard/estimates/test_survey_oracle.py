"""Level, domain, ratio, change and covariance of domains against R's `survey` on the California API samples (read in place).

Everything of the oracle that the product computes; it has no totals, quantiles or tests of its own for two groups.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from dashboard.estimates.change import change_mean, change_ratio
from dashboard.estimates.design import Design
from dashboard.estimates.intervals import interval_linear, interval_share
from dashboard.estimates.level import estimate_level
from dashboard.estimates.variance import estimate_covariance

ORACLES = Path(__file__).parents[3] / "../shared/oracles"
pytestmark = pytest.mark.skipif(not ORACLES.exists(), reason="../shared is absent")
DESIGNS = {"srs_fpc": ("apisrs", None), "strat_fpc": ("apistrat", "stype")}


@pytest.fixture(scope="module", params=list(DESIGNS))
def case(request: pytest.FixtureRequest) -> tuple[pl.DataFrame, np.ndarray, dict[str, Any]]:
    name, strata = DESIGNS[request.param]
    frame = pl.read_csv(ORACLES / f"{name}.csv", infer_schema_length=None)
    stratum = codes(frame[strata]) if strata else np.zeros(len(frame), dtype=np.int64)
    return frame, stratum, json.loads((ORACLES / "survey_expected.json").read_text())[request.param]


def codes(column: pl.Series) -> np.ndarray:
    return column.rank("dense").to_numpy().astype(np.int64) - 1


def design(frame: pl.DataFrame, stratum: np.ndarray, domain: np.ndarray | None = None) -> Design:
    # The file's weights are rounded (44.2099990844727); N_h = w · n_h keeps them.
    population = np.zeros(stratum.max() + 1)
    population[stratum] = frame["pw"].to_numpy() * np.bincount(stratum)[stratum]
    zero = np.zeros(len(frame), dtype=np.int64)
    where = zero if domain is None else domain
    return Design(zero, stratum, where, population, (1, int(where.max()) + 1))


def column(frame: pl.DataFrame, name: str) -> np.ndarray:
    return frame[name].to_numpy().astype(np.float64)


def test_mean_agrees_with_r(case: Any) -> None:
    frame, stratum, want = case
    y = column(frame, "api00")
    level = estimate_level(design(frame, stratum), y, np.ones_like(y))
    truth = want["mean_api00"]["api00"]
    assert level.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
    assert level.se[0, 0] == pytest.approx(truth["se"], rel=1e-9)
    assert level.df[0, 0] == want["degf"]
    low, high = interval_linear(level.value, level.se, level.df)
    assert [low[0, 0], high[0, 0]] == pytest.approx(truth["ci_t"], rel=1e-9)


def test_ratio_agrees_with_r(case: Any) -> None:
    frame, stratum, want = case
    level = estimate_level(design(frame, stratum), column(frame, "api.stu"), column(frame, "enroll"))
    truth = want["ratio_apistu_over_enroll"]
    assert level.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
    assert level.se[0, 0] == pytest.approx(truth["se"], rel=1e-9)
    low, high = interval_linear(level.value, level.se, level.df)
    assert [low[0, 0], high[0, 0]] == pytest.approx(truth["ci_t"], rel=1e-9)


@pytest.mark.parametrize("key", ["mean_api99_api00", "mean_enroll_narm"])
def test_means_of_other_columns_agree_with_r_also_where_values_are_missing(case: Any, key: str) -> None:
    frame, stratum, want = case
    for name, truth in want[key].items():
        known = frame[name].is_not_null().to_numpy()
        y = frame[name].fill_null(0).to_numpy().astype(np.float64)
        level = estimate_level(design(frame, stratum, np.where(known, 0, -1)), y, np.ones_like(y))
        assert level.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
        assert level.se[0, 0] == pytest.approx(truth["se"], rel=1e-9)


@pytest.mark.parametrize(("key", "name"), [("prop_stype", "stype"), ("prop_schwide", "sch.wide")])
def test_proportions_agree_with_r(case: Any, key: str, name: str) -> None:
    frame, stratum, want = case
    for group, truth in want[key].items():
        y = (frame[name] == group.removeprefix(name)).to_numpy().astype(np.float64)
        level = estimate_level(design(frame, stratum), y, np.ones_like(y))
        assert level.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
        assert level.se[0, 0] == pytest.approx(truth["se"], rel=1e-9, abs=1e-12)


def test_the_difference_of_two_domains_has_their_covariance(case: Any) -> None:
    frame, stratum, want = case
    y = column(frame, "api00")
    domains = design(frame, stratum, codes(frame["sch.wide"]))  # No, Yes
    level = estimate_level(domains, y, np.ones_like(y))
    covariance = estimate_covariance(domains, level.scores)[0]
    truth = want["diff_domain_schwide_yes_minus_no"]
    assert level.value[0, 1] - level.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
    assert covariance[0, 1] == pytest.approx(truth["cov_No_Yes"], rel=1e-9, abs=1e-9)
    error = np.sqrt(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    assert error == pytest.approx(truth["se"], rel=1e-9)


@pytest.mark.parametrize("by", ["stype", "sch.wide", "awards"])
def test_domains_agree_with_r(case: Any, by: str) -> None:
    frame, stratum, want = case
    y = column(frame, "api00")
    level = estimate_level(design(frame, stratum, codes(frame[by])), y, np.ones_like(y))
    truth = want[f"domain_mean_api00_by_{by.replace('.', '')}"]
    for index, key in enumerate(sorted(truth)):
        assert level.value[0, index] == pytest.approx(truth[key]["est"], rel=1e-9)
        assert level.se[0, index] == pytest.approx(truth[key]["se"], rel=1e-9)


def test_share_on_the_logit_scale_agrees_with_svyciprop(case: Any) -> None:
    frame, stratum, want = case
    yes = (frame["sch.wide"] == "Yes").to_numpy().astype(np.float64)
    level = estimate_level(design(frame, stratum), yes, np.ones_like(yes))
    low, high = interval_share(level.value, level.se, level.df, level.n_points)
    assert [low[0, 0], high[0, 0]] == pytest.approx(want["svyciprop_schwide_yes"]["xlogit"]["ci"], rel=1e-9)


def test_change_of_paired_values_agrees_with_r(case: Any) -> None:
    frame, stratum, want = case
    now, before = column(frame, "api00"), column(frame, "api99")
    one = np.ones_like(now)
    difference = change_ratio(design(frame, stratum), (now, one), (before, one))
    truth = want["diff_period_paired_api00_minus_api99"]
    assert difference.value[0, 0] == pytest.approx(truth["est"], rel=1e-9)
    assert difference.se[0, 0] == pytest.approx(truth["se"], rel=1e-9)
    percent = change_mean(design(frame, stratum), now, before)
    relative = want["relative_change_api00_over_api99"]
    assert percent.value[0, 0] == pytest.approx(100 * (relative["est"] - 1), rel=1e-9)
    assert percent.se[0, 0] == pytest.approx(100 * relative["se"], rel=1e-9)
