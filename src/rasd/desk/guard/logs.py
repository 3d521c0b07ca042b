"""The log of a served desk, on standard error: a line each, with the time in UTC."""

from __future__ import annotations

import logging
import time

# A line for each request goes here, all else to its parent.
REQUESTS = "rasd.desk.requests"


class _Line(logging.Formatter):
    """One line a record, whatever stands in it; a traceback keeps its lines."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in record.message)
        return super().formatMessage(record)


def log_to_stderr(*, local: bool, requests: bool) -> None:
    """Log what goes wrong; where others reach the desk also who signs in and adds; ``requests``: each request too."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Line("%(asctime)s %(levelname)s %(message)s"))
    ours = logging.getLogger("rasd.desk")
    ours.handlers[:] = [handler]
    ours.propagate = False
    ours.setLevel(logging.INFO if requests or not local else logging.WARNING)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if requests else logging.WARNING)
