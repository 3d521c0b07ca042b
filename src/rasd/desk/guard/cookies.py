"""The two cookies of the guard: whose session it is, and which browser a form was given to."""

from __future__ import annotations

from http.cookies import SimpleCookie

SESSION, FORM = "rasd_session", "rasd_form"


def named(cookie: str, *, secure: bool) -> str:
    """What a cookie is called: by https with the prefix that lets no other host or path set it."""
    return f"__Host-{cookie}" if secure else cookie


def setting(cookie: str, value: str, *, secure: bool, strict: bool = False, seconds: int | None = None) -> str:
    """The value of a ``Set-Cookie`` that no script can read; it ends with the browser, or after so many seconds."""
    name = named(cookie, secure=secure)
    made: SimpleCookie = SimpleCookie()
    made[name] = value
    morsel = made[name]
    morsel["path"] = "/"
    morsel["httponly"] = True
    morsel["samesite"] = "Strict" if strict else "Lax"
    if secure:
        morsel["secure"] = True
    if seconds is not None:
        morsel["max-age"] = seconds
    return morsel.OutputString()
