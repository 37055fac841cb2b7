"""`make validate`: runs the simulations, writes docs/validation.md and its plots. Exit code 1 where a promise fails."""

import argparse
import sys
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import polars as pl

from dashboard.estimates.discovery import RATE
from pipelines.demo.population import simulate
from pipelines.demo.scheme import Scheme
from validation.alerts import measure_alerts
from validation.coverage import measure_coverage, summarise
from validation.page import write_page
from validation.plots import plot_coverage, plot_power
from validation.province import LAST_MONTH, open_quiet
from validation.ranks import measure_ranks

DOCS = Path(__file__).parents[1] / "docs"
KNOWN_WEAK = ("rare events", "(county)")  # told on the page, and no promise


def main(words: Sequence[str] | None = None) -> int:
    """Run, write the page, tell what failed."""
    parser = argparse.ArgumentParser(prog="make validate", description=__doc__)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20190311)
    parser.add_argument("--province", type=Path, help="where the quiet province is kept (default: a temporary folder)")
    args = parser.parse_args(words)
    population = simulate(Scheme(last_month=LAST_MONTH))
    coverage = measure_coverage(population, args.samples, args.seed).with_columns(
        held=pl.col("coverage").is_between("wanted_low", "wanted_high")
    )
    ranks = measure_ranks(population, args.samples, args.seed)
    ranks = ranks.with_columns(kept=pl.col("held") >= 0.95 - 2 * sqrt(0.95 * 0.05 / args.samples))
    with open_quiet(args.province) as quiet:
        rates, power = measure_alerts(quiet, args.samples, args.seed)
    (DOCS / "images/validation-coverage.svg").write_text(plot_coverage(coverage), encoding="utf-8")
    (DOCS / "images/validation-rebounds.svg").write_text(plot_power(power), encoding="utf-8")
    write_page(DOCS / "validation.md", args.samples, args.seed, coverage, ranks, rates, power)
    promises = {
        "coverage": summarise(coverage)["held"],
        "coverage by design": coverage.filter(
            ~pl.any_horizontal(pl.col("kind").str.contains(w, literal=True) for w in KNOWN_WEAK)
        )["held"],
        "rank sets": ranks["kept"], "false discoveries": rates["false_share"] <= RATE,
        "rebounds of 25 %": find_rebounds(power)["found"] >= 0.8,
    }  # fmt: skip
    for name, kept in promises.items():
        sys.stdout.write(f"{name}: {kept.sum()} of {len(kept)} hold\n")
    return int(not all(kept.all() for kept in promises.values()))


def find_rebounds(power: pl.DataFrame) -> pl.DataFrame:
    """Of all cities with at least 40 points, the share of planted rebounds of 25 % that was found; by design."""
    share = (pl.col("found") * pl.col("tried")).sum() / pl.col("tried").sum()
    return power.filter(size=0.25).group_by("design").agg(share.alias("found")).sort("design")


if __name__ == "__main__":
    sys.exit(main())
