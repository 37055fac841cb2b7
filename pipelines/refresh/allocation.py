"""How memory is taken from the system: what a refresh has taken it keeps until it ends, instead of giving it back in between.

Must be imported before Polars is: its allocator looks once. A tenth less CPU, a few per cent more memory.
"""

import os

# jemalloc, as Polars carries it: no page is given back while the process lives.
KEEPING = "dirty_decay_ms:-1,muzzy_decay_ms:-1"
# What Polars leaves in the environment for child processes; whatever else stands there somebody chose.
LEFT_BY_POLARS = "dirty_decay_ms:500,muzzy_decay_ms:1000"

if os.environ.get("_RJEM_MALLOC_CONF", LEFT_BY_POLARS) == LEFT_BY_POLARS:
    os.environ["_RJEM_MALLOC_CONF"] = KEEPING
