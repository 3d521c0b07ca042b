"""The desk on a port of this machine, in one process."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rasd.desk.settings import Settings
from rasd.errors import RasdError


class MissingExtraError(RasdError):
    """What the desk needs is not installed; the message says how to install it."""


@contextmanager
def needed() -> Generator[None]:
    """Let an import of what the extra brings say what to install where it fails. Raises `MissingExtraError`."""
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(f"the desk needs {error.name}: pip install 'rasd[desk]'") from None


def serve(settings: Settings, on_ready: Callable[[str], None], on_warning: Callable[[str], None]) -> None:
    """Serve until interrupted. ``on_ready`` is told the address before the first request is taken, ``on_warning`` what
    is unsafe about how it is served.

    Raises `MissingExtraError` where the extra is not installed, `rasd.store.StoreError` where the database cannot be
    had, and `rasd.desk.guard.binding.BindingError` where others could reach the desk without signing in.
    """
    with needed():
        import uvicorn

        from rasd.desk.app import create_app, guarding_of
        from rasd.desk.guard import binding
        from rasd.desk.guard.logs import log_to_stderr
    tls = settings.certificate is not None
    guarding = guarding_of(settings)
    for warning in binding.check(guarding, tls=tls):
        on_warning(warning)
    log_to_stderr(local=not guarding.signs_in(), requests=settings.log)
    app = create_app(settings)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    on_ready(settings.public or f"{'https' if tls else 'http'}://{host}:{settings.port}/")
    uvicorn.run(
        app, host=settings.host, port=settings.port, log_level="warning", ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key, **binding.server_options(app.state.guarding),
    )  # fmt: skip
