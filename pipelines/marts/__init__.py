"""Sufficient statistics per point and month: facts in, marts out, as Ibis expressions that DuckDB or Spark runs.

Rates, estimates and files do not belong here.
"""

from pipelines.marts.build import build_marts

__all__ = ["build_marts"]
