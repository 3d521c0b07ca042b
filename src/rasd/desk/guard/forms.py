"""Tokens of forms: each form that changes something carries one that only a page of the desk could know."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from rasd.desk.guard.passwords import same

FIELD, HEADER = "csrf", "x-csrf-token"


class FormKeys:
    """Makes and knows tokens. A token belongs to one session, or to the cookie of a browser that has none."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def token(self, bound: str) -> str:
        """The token of what it is bound to."""
        digest = hmac.new(self._key, bound.encode("utf-8", "replace"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def right(self, token: str | None, bound: str | None) -> bool:
        """Whether a token is that of what it is bound to."""
        return token is not None and bound is not None and same(token, self.token(bound))


class FormToken:
    """The token for the forms of one answer; ``used`` tells whether a form asked for it."""

    def __init__(self, keys: FormKeys, bound: str) -> None:
        self._keys = keys
        self._bound = bound
        self.used = False

    def __str__(self) -> str:
        self.used = True
        return self._keys.token(self._bound)


def new_binding() -> str:
    """What a browser without a session is told by: a value for its cookie."""
    return secrets.token_urlsafe(24)
