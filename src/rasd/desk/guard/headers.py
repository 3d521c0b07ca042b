"""What every answer says to the browser: run nothing that is not ours, show us in no frame, tell others nothing."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

POLICY = "; ".join((
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
_ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Forms of the desk tell it their origin, which "no-referrer" would hide; other sites are told nothing.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
# Two years, once a browser has seen the desk by https.
_STRICT = "max-age=63072000"


def guarded(scope: Scope, send: Send, cookies: list[str]) -> Send:
    """``send`` with these headers, and those of ``cookies`` that are there when the answer begins."""
    secure = scope.get("scheme") == "https"

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers[name] = value
            if secure:
                headers["Strict-Transport-Security"] = _STRICT
            # What a page shows may be for who is signed in alone.
            headers.setdefault("Cache-Control", "private, no-cache")
            for cookie in cookies:
                headers.append("Set-Cookie", cookie)
        await send(message)

    return sending
