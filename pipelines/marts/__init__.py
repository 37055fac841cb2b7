"""Sufficient statistics per point and month: facts in, marts out, as Ibis expressions that Polars, DuckDB or Spark runs.

Rates, estimates and files do not belong here.
"""

from pipelines.marts.counting import Counter, build_marts, find_span, list_uncounted

__all__ = ["Counter", "build_marts", "find_span", "list_uncounted"]
