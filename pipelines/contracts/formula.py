"""The formula of an indicator in the names of published columns, for the dictionary and the documents."""

from pipelines.contracts.indicators import Indicator, Kind, Term
from pipelines.contracts.policy import BurdenConstants


def write_formula(indicator: Indicator, constants: BurdenConstants | None = None, quote: str = "`") -> str:
    """`meeting_minutes ÷ 60`, names between quotes; empty for a register. `constants`: of `burden.toml`, else the defaults."""
    if indicator.kind is Kind.REGISTER:
        return ""
    top = _sum(indicator.numerator, constants or BurdenConstants(), quote)
    if not indicator.denominator:
        return top
    bottom = _sum(indicator.denominator, constants or BurdenConstants(), quote)
    return (f"({top})" if len(indicator.numerator) > 1 else top) + f" ÷ {bottom}"


def _sum(terms: tuple[Term, ...], constants: BurdenConstants, quote: str) -> str:
    def one(term: Term) -> str:
        factor, name = term.coefficient(constants), f"{quote}{term.statistic}{quote}"
        if factor == 1:
            return name
        sign, size = ("−", -factor) if factor < 0 else ("", factor)
        times = f"{size:g} × " if size >= 1 else ""
        over = f" ÷ {1 / size:g}" if size < 1 else ""
        return f"{sign}{times}{name}{over}"

    return " + ".join(one(t) for t in terms).replace("+ −", "− ")
