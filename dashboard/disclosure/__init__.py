"""Which staff figures of a snapshot are open: one pattern, the same whoever asks (DATA.md §5.10, docs/methods.md).

Sensitive cells are found from counts, further cells are closed so that none can be worked out from what stays open. Nothing is
estimated here and nothing is shown: `dashboard.answers.policy` asks `is_open` about every figure.
"""

from dashboard.disclosure.pattern import is_open, last_released
from dashboard.disclosure.periods import is_cut_off, is_quarterly, is_reweighted
from dashboard.disclosure.places import NOWHERE, load_places
from dashboard.disclosure.traits import codes_of

__all__ = ["NOWHERE", "codes_of", "is_cut_off", "is_open", "is_quarterly", "is_reweighted", "last_released", "load_places"]
