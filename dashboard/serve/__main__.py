"""One worker: `python -m dashboard.serve PORT WAREHOUSE`, for `dashboard.serve.workers`."""

import sys
from pathlib import Path

from dashboard.serve.proxy import LOOPBACK
from dashboard.serve.server import serve

serve(LOOPBACK, int(sys.argv[1]), Path(sys.argv[2]))
