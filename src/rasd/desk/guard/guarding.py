"""What the guard of one server remembers, and who it takes somebody for."""

from __future__ import annotations

import base64
import binascii
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser

from rasd.desk.guard.accounts import Account, Accounts, AccountsError
from rasd.desk.guard.addresses import Names, host_name, is_loopback
from rasd.desk.guard.attempts import Attempts, address_key
from rasd.desk.guard.cookies import FORM, SESSION, named
from rasd.desk.guard.forms import FormKeys, FormToken, new_binding
from rasd.desk.guard.person import LOCAL, Person
from rasd.desk.guard.sessions import Sessions
from rasd.desk.guard.settings import GuardSettings

_LOG = logging.getLogger("rasd.desk")
_MINUTE = 60.0
_BINDING = 100


@dataclass(slots=True, frozen=True)
class Seen:
    """What a request shows of who sends it; ``new`` is a value for the cookie of a browser that has none."""

    person: Person | None
    token: FormToken
    bound: str | None
    new: str | None
    secure: bool


class Guarding:
    """Sessions, form keys and counters of one server. ``accounts`` are those who may sign in.

    Nobody has to sign in where the desk is reached from this machine alone and has no accounts.
    """

    def __init__(self, settings: GuardSettings, accounts: Accounts) -> None:
        self.settings = settings
        self.accounts = accounts
        self.names = Names(settings.host, settings.names, settings.public)
        self.sessions = Sessions()
        self.keys = FormKeys()
        # Ten wrong passwords in a quarter of an hour from an address, twenty for a name; a hundred wrong tokens.
        self.by_address = Attempts(10, 15 * _MINUTE)
        self.by_name = Attempts(20, 15 * _MINUTE)
        self.by_token = Attempts(100, 15 * _MINUTE)
        self._signs_in = bool(accounts) or settings.public is not None or not is_loopback(settings.host)

    def signs_in(self) -> bool:
        """Whether one has to sign in. Once it is so it stays so, whatever becomes of the accounts."""
        try:
            self.accounts.refresh()
        except AccountsError as error:
            _LOG.error("users stay as they were: %s", error)
        self._signs_in = self._signs_in or bool(self.accounts)
        return self._signs_in

    def scheme(self, host: str, scheme: str) -> str:
        """How the browser asked, by the ``Host`` it named: as is known of the address where a proxy shows the desk."""
        public = urlsplit(self.settings.public or "")
        return public.scheme if public.scheme and host_name(host) == public.hostname else scheme

    def seen(self, headers: Headers, *, scheme: str, address: str, safe: bool) -> Seen:
        """Who sends a request with these headers; ``safe``: it changes nothing."""
        secure = scheme == "https"
        cookies = cookie_parser(headers.get("cookie", ""))
        person = self._person(headers, cookies.get(named(SESSION, secure=secure)), address, safe=safe)
        if person is not None and person.session is not None:
            bound = f"session:{person.session}"
            return Seen(person, FormToken(self.keys, bound), bound, None, secure)
        held = cookies.get(named(FORM, secure=secure), "")
        if 0 < len(held) <= _BINDING:
            bound = f"browser:{held}"
            return Seen(person, FormToken(self.keys, bound), bound, None, secure)
        new = new_binding()
        return Seen(person, FormToken(self.keys, f"browser:{new}"), None, new, secure)

    def _person(self, headers: Headers, cookie: str | None, address: str, *, safe: bool) -> Person | None:
        if not self.signs_in():
            return LOCAL
        kind, _, given = headers.get("authorization", "").partition(" ")
        kind, given = kind.lower(), given.strip()
        if kind == "bearer":
            return self._of_token(given, address)
        session = self.sessions.find(cookie) if cookie else None
        if session is not None:
            if self.accounts.stands(session.account):
                return Person(session.account.name, session.account.role, "session", session.id)
            self.sessions.end(session.id)
        # Programs that read feeds and calendars know only this way; a browser sends it unasked, so it changes nothing.
        if kind == "basic" and safe:
            return self._of_token(_password(given), address)
        return None

    def _of_token(self, token: str, address: str) -> Person | None:
        key = address_key(address)
        if not token or self.by_token.take(key):
            return None
        account = self.accounts.of_token(token)
        if account is None:
            _LOG.warning("wrong token from %s", address)
            return None
        self.by_token.give_back(key)
        return Person(account.name, account.role, "token")

    def tries(self, name: str, address: str) -> float:
        """Count an attempt to sign in: 0 where it may be made, else the seconds to wait."""
        own = address_key(address)
        wait = self.by_address.take(own)
        return wait or self.by_name.take(name[:_BINDING])

    def succeeds(self, account: Account, address: str, before: Person | None) -> str:
        """Begin the session of somebody who has signed in; the one he had before ends."""
        self.by_address.give_back(address_key(address))
        self.by_name.give_back(account.name)
        if before is not None and before.session is not None:
            self.sessions.end(before.session)
        return self.sessions.begin(account)


def _password(basic: str) -> str:
    try:
        return base64.b64decode(basic, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
