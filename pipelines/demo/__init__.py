"""The demo province: a labelled synthetic Henan, written as ledgers as messy as real ones, with known effects.

`write` writes it; `pipelines.demo.population.simulate` gives its whole population without any file. This room knows
the contracts and the divisions in `pipelines/regions`, and nothing of how ledgers are read or counted.
"""

from pipelines.demo.scheme import Rebound, Scheme
from pipelines.demo.writing import DemoSummary, write, write_scheme

__all__ = ["DemoSummary", "Rebound", "Scheme", "write", "write_scheme"]
