"""Passwords and tokens: what is kept of them, and how one is told to be right."""

from __future__ import annotations

import hashlib
import hmac
import importlib
import secrets
from typing import TYPE_CHECKING, Any

from rasd.errors import RasdError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 1000
# So many different signs a password has at least.
_DIFFERENT = 5
_TOKEN, _SHA256 = "rasd_", "sha256$"


class PasswordError(RasdError):
    """A password cannot be taken; the message says why."""


def hasher() -> PasswordHasher:
    """What hashes passwords: Argon2id as RFC 9106 recommends it for machines with little memory."""
    return _argon2().PasswordHasher()


def _argon2() -> Any:
    """The library. Raises `PasswordError` where it is not installed."""
    try:
        return importlib.import_module("argon2")
    except ImportError:
        raise PasswordError("passwords need argon2-cffi: pip install 'rasd[desk]'") from None


def hashed(password: str) -> str:
    """The hash of a new password. Raises `PasswordError` where it is too short or too long."""
    if len(password) < SHORTEST:
        raise PasswordError(f"the password is too short: {SHORTEST} characters at least")
    if len(password) > LONGEST:
        raise PasswordError(f"the password is too long: {LONGEST} characters at most")
    if len(set(password)) < _DIFFERENT:
        raise PasswordError("the password is too simple: it repeats a few signs")
    return hasher().hash(password)


def is_password_hash(kept: str) -> bool:
    """Whether ``kept`` is a hash that `matches` can test a password against."""
    if not kept.startswith("$argon2id$"):
        return False
    argon2 = _argon2()
    try:
        argon2.extract_parameters(kept)
    except (argon2.exceptions.InvalidHashError, ValueError):
        return False
    return True


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that ``kept`` is the hash of. It takes a tenth of a second, on purpose."""
    argon2 = _argon2()
    if len(password) > LONGEST:
        return False
    try:
        return hasher().verify(kept, password)
    except (argon2.exceptions.Argon2Error, argon2.exceptions.InvalidHashError, UnicodeEncodeError):
        return False


def new_token() -> str:
    """A token that nobody can guess: 256 bits of chance."""
    return _TOKEN + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token. Nobody can try out 2^256 of them, so that a quick hash is enough."""
    return _SHA256 + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token_hash(kept: str) -> bool:
    """Whether ``kept`` is what `token_hash` makes."""
    digest = kept.removeprefix(_SHA256)
    return kept.startswith(_SHA256) and len(digest) == 64 and set(digest) <= set("0123456789abcdef")


def same(one: str, other: str) -> bool:
    """Whether two texts are the same, in a time that does not tell where they part."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
