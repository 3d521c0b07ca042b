"""A request that is not let through, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping


class Refusal(Exception):
    """The answer is ``status`` and the word ``word`` of the desk (``guard.host``); ``why`` says it for the log and for
    programs, in English. ``headers`` go with the answer."""

    def __init__(self, status: int, word: str, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.word = word
        self.why = why
        self.headers = dict(headers or {})


class Leaving(Refusal):
    """The answer is to look elsewhere on the desk: at ``target``."""

    def __init__(self, target: str, why: str) -> None:
        super().__init__(303, "guard.sign-in", why, {"Location": target})
