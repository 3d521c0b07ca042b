"""Who may use the desk: a file of names, roles and hashes that only its owner can read, or the same in the environment.

A line is ``NAME:ROLE:HASH``. The hash is one of Argon2id for a password, ``sha256$...`` for a token of the API.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rasd.desk.guard.passwords import is_password_hash, is_token_hash, matches, same, token_hash
from rasd.errors import RasdError

FILE_VARIABLE, LINES_VARIABLE = "RASD_DESK_USERS", "RASD_DESK_ACCOUNTS"
_NAME = re.compile(r"[^\W_][\w.@-]{0,63}")


class AccountsError(RasdError):
    """The file of users cannot be read or is not as it should be; the message says what to do."""


class Role(StrEnum):
    """What somebody may do: a reader reads, an editor also adds articles and reviews events."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(slots=True, frozen=True)
class Account:
    """Somebody who signs in with a password, or a program that has a token; ``secret`` is the hash of it."""

    name: str
    role: Role
    secret: str

    @property
    def is_token(self) -> bool:
        """Whether it is a program's."""
        return is_token_hash(self.secret)


def account_name(text: str) -> str:
    """A name as it is kept. Raises `AccountsError` where it has other signs than letters, digits and ``.@_-``."""
    name = unicodedata.normalize("NFC", text.strip())
    if not _NAME.fullmatch(name):
        raise AccountsError("a name is of letters, digits and . @ _ -, 64 at most, and begins with a letter or digit")
    return name


def default_path() -> Path:
    """The file of users of a desk that names none."""
    import platformdirs

    named = os.environ.get(FILE_VARIABLE)
    return Path(named).expanduser() if named else Path(platformdirs.user_config_path("rasd")) / "desk-users"


def parsed(lines: Iterable[str], where: str) -> list[Account]:
    """The accounts that lines give. Raises `AccountsError` that names the line which is wrong."""
    found: dict[tuple[str, bool], Account] = {}
    for number, line in enumerate(lines, 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        name, role, secret = (*entry.split(":", 2), "", "")[:3]
        if role not in list(Role):
            raise AccountsError(f"{where}, line {number}: no NAME:reader:HASH or NAME:editor:HASH")
        if not (is_password_hash(secret) or is_token_hash(secret)):
            raise AccountsError(f"{where}, line {number}: no hash of Argon2id or of a token ('rasd desk user add')")
        account = Account(account_name(name), Role(role), secret)
        key = (account.name, account.is_token)
        if key in found:
            raise AccountsError(f"{where}, line {number}: {account.name} is there twice")
        found[key] = account
    return list(found.values())


class Accounts:
    """The accounts of a desk, read again when their file has changed.

    ``path`` is their file, which need not be there; ``environment`` are more, a line or a word each. Raises
    `AccountsError` where others can read the file, or a line is wrong.
    """

    def __init__(self, path: Path | None = None, environment: str | None = None) -> None:
        self.path = path
        self._fixed = parsed((environment or "").split(), f"${LINES_VARIABLE}")
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._users: dict[str, Account] = {}
        self._tokens: dict[str, Account] = {}
        self._use([])
        self.refresh()

    @classmethod
    def from_environment(cls, path: Path | None = None) -> Accounts:
        """The accounts of the file ``path``, else of the usual one, and those of the environment."""
        return cls(path or default_path(), os.environ.get(LINES_VARIABLE))

    def __bool__(self) -> bool:
        return bool(self._users or self._tokens)

    def __iter__(self) -> Iterator[Account]:
        return iter([*self._users.values(), *self._tokens.values()])

    def refresh(self) -> None:
        """Read the file again if it has changed. Raises `AccountsError`; what was known until then stays."""
        if self.path is None:
            return
        with self._lock:
            seen = _state(self.path)
            if seen == self._seen:
                return
            self._use(_read(self.path) if seen is not None else [])
            self._seen = seen

    def _use(self, kept: list[Account]) -> None:
        # Those of the environment come last: they cannot be changed by who can write the file.
        every = [*kept, *self._fixed]
        self._users = {a.name: a for a in every if not a.is_token}
        self._tokens = {a.secret: a for a in every if a.is_token}

    def user(self, name: str) -> Account | None:
        """Who signs in by a name, if anybody does."""
        return self._users.get(unicodedata.normalize("NFC", name.strip()))

    def of_password(self, name: str, password: str) -> Account | None:
        """Who has this name and password. It takes as long whether there is such a name or not."""
        account = self.user(name)
        right = matches(password, account.secret if account else _nobody())
        return account if right else None

    def of_token(self, token: str) -> Account | None:
        """Whose token it is."""
        return self._tokens.get(token_hash(token))

    def stands(self, account: Account) -> bool:
        """Whether an account is still what it was: there, with the same password and role."""
        kept = self._tokens.get(account.secret) if account.is_token else self._users.get(account.name)
        return kept is not None and same(kept.secret, account.secret) and kept.role == account.role


_nobody_hash: str | None = None


def _nobody() -> str:
    """A hash that no password matches, made once with the cost of a new one."""
    global _nobody_hash
    if _nobody_hash is None:
        import secrets

        from rasd.desk.guard.passwords import hashed

        _nobody_hash = hashed(secrets.token_urlsafe(32))
    return _nobody_hash


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AccountsError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _read(path: Path) -> list[Account]:
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise AccountsError(f"{path}: others may read it: chmod 600 '{path}'")
            return parsed(file, str(path))
    except OSError as error:
        raise AccountsError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    except UnicodeDecodeError:
        raise AccountsError(f"{path}: not a file of users") from None


def kept_in(path: Path) -> list[Account]:
    """The accounts of a file; none where it is not there. Raises `AccountsError`."""
    return _read(path) if _state(path) is not None else []


def put(path: Path, account: Account) -> bool:
    """Write an account into the file, in the place of one of that name and kind; whether there was one."""
    kept = kept_in(path)
    others = [a for a in kept if (a.name, a.is_token) != (account.name, account.is_token)]
    _write(path, [*others, account])
    return len(others) < len(kept)


def take_out(path: Path, name: str, *, token: bool) -> bool:
    """Take an account out of the file; whether there was one."""
    kept = kept_in(path)
    others = [a for a in kept if (a.name, a.is_token) != (name, token)]
    if len(others) == len(kept):
        return False
    _write(path, others)
    return True


def _write(path: Path, accounts: list[Account]) -> None:
    """Write the file whole, readable by its owner alone from its first byte on."""
    lines = "".join(f"{a.name}:{a.role}:{a.secret}\n" for a in accounts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".users-")  # made with mode 600
        with open(handle, "w", encoding="utf-8") as file:
            file.write("# Users and tokens of 'rasd desk': NAME:ROLE:HASH\n" + lines)
        Path(name).replace(path)
    except OSError as error:
        raise AccountsError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None
