"""The desk on a port of this machine, in one process."""

from __future__ import annotations

from collections.abc import Callable

from rasd.desk.settings import Settings
from rasd.errors import RasdError


class MissingExtraError(RasdError):
    """What the desk needs is not installed; the message says how to install it."""


def serve(settings: Settings, on_ready: Callable[[str], None]) -> None:
    """Serve until interrupted. ``on_ready`` is told the address before the first request is taken.

    Raises `MissingExtraError` where the extra is not installed, and `rasd.store.StoreError` where the database
    cannot be had.
    """
    try:
        import uvicorn

        from rasd.desk.app import create_app
    except ImportError as error:
        raise MissingExtraError(f"the desk needs {error.name}: pip install 'rasd[desk]'") from None
    app = create_app(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    on_ready(f"http://{host}:{settings.port}/")
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
