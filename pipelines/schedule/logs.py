"""The timetable's log: an object a line on standard error (sentences on a terminal) and, where asked, in a file that rotates."""

import logging
import sys
from collections.abc import MutableMapping
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

from pipelines.contracts.errors import BurdenError
from pipelines.ingest.personal import mask
from pipelines.schedule.hours import Clock

NAME = "burden.schedule"
LARGEST, KEPT = 5_000_000, 5


def open_log(path: Path | None, now: Clock) -> structlog.stdlib.BoundLogger:
    """The log, its times by that clock. Raises BurdenError where the file cannot be written."""
    logger = logging.getLogger(NAME)
    logger.handlers.clear()
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logging.raiseExceptions = False  # a log that cannot be written (a full disk) must not end the timetable
    logging.getLogger("apscheduler").addHandler(logging.NullHandler())  # its events are logged by ours
    logging.getLogger("apscheduler").propagate = False
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    stream = logging.StreamHandler(sys.stderr)
    _add(logger, stream, structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else as_json)
    if path:
        _add(logger, _open_file(path), as_json)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            mask_texts,
            partial(_stamp, now),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    log: structlog.stdlib.BoundLogger = structlog.get_logger(NAME)
    return log


def mask_texts(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask personal numbers in every text of a line."""
    return {key: mask(value) if isinstance(value, str) else value for key, value in event.items()}


def _stamp(now: Clock, _logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**event, "timestamp": now().isoformat(timespec="seconds")}


def _add(logger: logging.Logger, handler: logging.Handler, renderer: structlog.typing.Processor) -> None:
    remove_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=[remove_meta, renderer]))
    logger.addHandler(handler)


def _open_file(path: Path) -> logging.Handler:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return RotatingFileHandler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError as error:
        raise BurdenError(
            f"日志“{path}”无法写入（{error.strerror}）；请检查路径与权限。",
            f"The log “{path}” cannot be written ({error.strerror}); check the path and permissions.",
        ) from None
