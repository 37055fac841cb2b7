"""The text of docs/validation.md around the figures."""

from pathlib import Path

import polars as pl

from validation.coverage import summarise

HEAD = """# Do the promises hold?

Written by `make validate` ({samples:,} samples a design, seed {seed}). Figures come from synthetic populations of which
every unit is known; ✗ marks what misses its promise. Methods with formulas and sources: [methods.md](methods.md).

## Coverage of 95 % intervals

Samples from the demo's population, with few and with many units a stratum. `coverage` is the share of intervals that held
the truth, over all domains and indicators of a kind, by degrees of freedom (respondents less strata in the domain).
Promised: 93–97 % with 20 or more, 90–98 % with fewer. Kinds: mean (meetings), ratio (mean age) and share (accompaniment,
informal documents, staff under 35) for the province and its cities; domain, the same by point type and by county, which cut
strata; change, the same on a year, of the same points. Rare events are the separation rate over three months.

All designs together:

| kind | degrees of freedom | intervals | coverage | |
|---|---|---|---|---|
"""
BY_DESIGN = """
By design, with counties and rare events told apart:

![Coverage by design, kind and degrees of freedom](images/validation-coverage.svg)

| design | kind | degrees of freedom | intervals | coverage | |
|---|---|---|---|---|---|
"""
WEAK = """
**Where this is weak.** *Rare events*: where most samples hold few events or none, the distribution is skewed, the symmetric
t interval is short and misses far more often than 1 time in 20. Read separation, resignation and drain rates of counties
over a year, not a quarter; alerts judge flows over twelve months. *Counties* cut strata, and their intervals hold 2 to 4
points less than 95 %, also with 20 and more degrees of freedom, where 0.3 of a point of the promised 93 % is missing. Why,
measured on the meetings of 48 counties with nominal 31 degrees of freedom: the standard error is 3 % short of the spread of
the estimates, since a county's own mean is estimated from few points, and the variance varies as if it had 15 degrees of
freedom, since one or two strata carry most of the weight (Satterthwaite 1946). Correcting the one gives 93.1 %, the other
94.2 %, both 94.8 %. Variance and degrees of freedom are fixed by the contract (those of R's `survey`), so the interval is
not widened: take a county's interval as one of 92 %. Non-response is not simulated: respondents are taken as a random part
of their stratum (weights N ÷ respondents).

## Joint rank sets

All 18 cities ranked; a sample holds where every city's set holds its true place. Promised: 95 % less two Monte-Carlo errors.
`width` is the mean number of places in a set: the price of few points a stratum.

| design | indicator | ranked on | samples | all sets hold | width | |
|---|---|---|---|---|---|---|
"""
ALERTS = """
The sets hold more often than promised, since they are built for any true values and cities rarely lie so close that every
pair counts.

## False alerts, and rebounds found

A quiet province of 5,000 points, written, refreshed and counted by the pipeline with a seed of its own, is the population;
every claim of the alerts is weighed in every city, as the product does. Of each point the two years are swapped by a coin,
so that nothing changed in truth while indicators still hang together. Then the meetings of one city with at least 40 points
are raised by Poisson counts. `false share`: of what is told, on average over samples (1 where all is false); promised: at
most 10 %.

| design | planted | samples | with a false alert | false share | |
|---|---|---|---|---|---|
"""
POWER = """
Samples of the large strata take a quarter of the population, where the test, which counts that as knowledge, is a little too
sure of a change of the process behind it; at the share that a real province samples it is not.

A rebound of 25 % within three months, in cities with at least 40 points: {found}; promised: 80 %.

![Planted rebounds found, by size and points](images/validation-rebounds.svg)

| design | points of the city | size | tried | found |
|---|---|---|---|---|
"""
LAST = """
**Where this is weak.** “25 %” is the rise over the same months a year earlier. In a city whose burden falls by 15 % a year
such a rise over the months just before shows as 6 % over the year, and is not told within a quarter; the control chart of
its page tells it sooner. Rises under 15 % need 60 points and more. Odd months common to a whole city are part of the
change: the test asks whether the population changed.

One whole province was also written, refreshed and counted with a seed not used before (90210), its rebound of 25 % moved to
Xinxiang, where meetings fell by 12 % a year, so that it shows as 14 % over the year: found, in the newest three months, as a
rebound to be confirmed; every other planted effect was found, and nothing else was told.
"""


def write_page(
    path: Path, samples: int, seed: int, coverage: pl.DataFrame, ranks: pl.DataFrame, rates: pl.DataFrame, power: pl.DataFrame
) -> None:
    """Write the page from the frames of the simulations."""
    text = HEAD.format(samples=samples, seed=seed)
    for row in summarise(coverage).iter_rows(named=True):
        text += _line(row["kind"], row["df"], f"{row['intervals']:,}", f"{100 * row['coverage']:.1f} %", _mark(row["held"]))
    text += BY_DESIGN
    for row in coverage.iter_rows(named=True):
        share = f"{100 * row['coverage']:.1f} %"
        text += _line(row["design"], row["kind"], row["df"], f"{row['intervals']:,}", share, _mark(row["held"]))
    text += WEAK
    for row in ranks.iter_rows(named=True):
        counted, held = f"{row['samples']:,}", f"{100 * row['held']:.1f} %"
        width = f"{row['width']:.1f}"
        text += _line(row["design"], f"`{row['indicator']}`", row["ranked_on"], counted, held, width, _mark(row["kept"]))
    text += ALERTS
    for row in rates.iter_rows(named=True):
        shares = (f"{100 * row[name]:.1f} %" for name in ("with_alert", "false_share"))
        text += _line(row["design"], row["planted"], f"{row['samples']:,}", *shares, _mark(row["false_share"] <= 0.1))
    rebounds = power.filter(size=0.25).group_by("design", maintain_order=True).agg(
        found=(pl.col("found") * pl.col("tried")).sum() / pl.col("tried").sum()
    )
    said = ", ".join(f"{100 * share:.0f} % ({design})" for design, share in rebounds.iter_rows())
    text += POWER.format(found=said)
    for row in power.iter_rows(named=True):
        size, found = (f"{100 * row[name]:.0f} %" for name in ("size", "found"))
        text += _line(row["design"], row["points"], size, f"{row['tried']:,}", found)
    path.write_text(text + LAST, encoding="utf-8")


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _mark(kept: bool) -> str:
    return "" if kept else "✗"
