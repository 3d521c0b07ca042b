"""What the guard is told: where the desk is served, by which names, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass, field

_KB, _MB = 1024, 1024 * 1024


@dataclass(slots=True, frozen=True)
class Limits:
    """How much a request may bring, in bytes and seconds, and how much of it at once.

    ``form`` is the most a form or a call of the API may bring, ``upload`` the most on the page where articles are
    added, in ``files`` at most. A body must have come within ``body_seconds``, and a second more for each
    ``body_rate`` bytes. ``uploads`` large bodies are taken in at a time.
    """

    target: int = 8 * _KB
    form: int = 1 * _MB
    sign_in: int = 16 * _KB
    upload: int = 64 * _MB
    files: int = 50
    fields: int = 200
    body_seconds: float = 15.0
    body_rate: int = 32 * _KB
    uploads: int = 4
    # How long the first line and the headers of a request may take.
    head_seconds: float = 10.0
    # Connections at a time, in all and from one address (not from this machine, where proxies and browsers are).
    requests: int = 200
    connections: int = 40


@dataclass(slots=True, frozen=True)
class Rules:
    """Which paths need what. A path is meant with all below it where it ends with a slash."""

    # Seen by anybody, also before signing in.
    public: tuple[str, ...] = ("/sign-in", "/static/", "/favicon.ico", "/robots.txt")
    # Changed by whoever is signed in; everything else is changed by editors alone.
    own: tuple[str, ...] = ("/sign-in", "/sign-out")
    # Seen by editors alone.
    editing: tuple[str, ...] = ("/add", "/add/", "/review", "/review/")
    # Where files are taken.
    uploads: tuple[str, ...] = ("/add/files",)


@dataclass(slots=True, frozen=True)
class GuardSettings:
    """How the desk is reached. ``host`` is the address that it listens at, ``names`` the names that browsers may call
    it by beside that, ``public`` the address where a proxy shows it to the world (``https://desk.example.org``)."""

    host: str = "127.0.0.1"
    names: tuple[str, ...] = ()
    public: str | None = None
    limits: Limits = field(default_factory=Limits)
    rules: Rules = field(default_factory=Rules)


def listed(path: str, paths: tuple[str, ...]) -> bool:
    """Whether a path is one of ``paths``, or lies below one that ends with a slash."""
    return any(path.startswith(p) if p.endswith("/") else path == p for p in paths)
