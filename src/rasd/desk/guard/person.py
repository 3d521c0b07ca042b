"""Who asks: what pages know of the one they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request

from rasd.desk.guard.accounts import Role
from rasd.desk.guard.refusal import Refusal
from rasd.desk.guard.settings import listed

How = Literal["local", "session", "token"]


@dataclass(slots=True, frozen=True)
class Person:
    """Somebody who may see the desk. ``how``: as the user of this machine, signed in, or by a token; ``session`` is
    the session's own id (`rasd.desk.guard.sessions.Session`)."""

    name: str
    role: Role
    how: How
    session: str | None = None

    @property
    def edits(self) -> bool:
        """Whether he may add articles and review events."""
        return self.role is Role.EDITOR


# The user of this machine, where nobody signs in.
LOCAL = Person("local", Role.EDITOR, "local")


def person_of(request: Request) -> Person | None:
    """Who asks; None before signing in."""
    return getattr(request.state, "person", None)


def may_see(request: Request, path: str) -> bool:
    """Whether who asks may see a page, so that it is worth a link."""
    person = person_of(request)
    rules = request.app.state.guarding.settings.rules
    return person is not None and (person.edits or not listed(path, rules.editing))


def editor_of(request: Request) -> Person:
    """The editor who asks, for `fastapi.Depends`. Raises `Refusal` where it is none."""
    person = person_of(request)
    if person is None or not person.edits:
        raise Refusal(403, "guard.role", "editors alone may do this")
    return person
