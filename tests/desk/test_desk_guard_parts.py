"""The parts of the guard that know nothing of requests."""

from __future__ import annotations

import asyncio
import os
import stat

import pytest

pytest.importorskip("argon2", reason="the extra 'desk' is not installed")
pytest.importorskip("starlette", reason="the extra 'desk' is not installed")

from hypothesis import given
from hypothesis import strategies as st

from rasd.desk.guard.accounts import Account, Accounts, AccountsError, Role, account_name, kept_in, put, take_out
from rasd.desk.guard.addresses import BindingError, Names, from_own_page, is_loopback, local_path, public_address
from rasd.desk.guard.attempts import Attempts, address_key
from rasd.desk.guard.binding import check, protocol
from rasd.desk.guard.forms import FormKeys
from rasd.desk.guard.guarding import Guarding
from rasd.desk.guard.passwords import PasswordError, hashed, new_token, token_hash
from rasd.desk.guard.sessions import Sessions
from rasd.desk.guard.settings import GuardSettings, Limits

PASSWORD = "رقيب على الأخبار"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("host", "header", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8765", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "LOCALHOST:80", True),
        ("127.0.0.1", "localhost.", True),
        ("127.0.0.1", "[::1]:8765", True),
        ("127.0.0.1", "evil.example", False),
        ("127.0.0.1", "localhost.evil.example", False),
        ("127.0.0.1", "127.0.0.1.nip.example", False),
        ("127.0.0.1", "192.0.2.7", False),
        ("127.0.0.1", "", False),
        ("127.0.0.1", "localhost:99999", False),
        ("127.0.0.1", "localhost:80@evil.example", False),
        ("127.0.0.1", "evil.example#localhost", False),
        ("0.0.0.0", "192.0.2.7:8765", True),
        ("0.0.0.0", "evil.example", False),
        ("0.0.0.0", "desk.example", True),
        ("0.0.0.0", "0.0.0.0", True),
        ("desk.example", "DESK.example:8765", True),
    ],
)
def test_a_desk_answers_to_its_own_names_alone(host, header, known):
    assert Names(host, ("desk.example",) if host == "0.0.0.0" else ()).known(header) is known


@pytest.mark.parametrize(
    ("origin", "referer", "site", "own"),
    [
        ("http://localhost:8765", None, None, True),
        ("http://LOCALHOST:8765", None, None, True),
        ("http://localhost", None, None, False),
        ("https://localhost:8765", None, None, False),
        ("http://evil.example", None, None, False),
        ("http://localhost:8765.evil.example", None, None, False),
        ("http://localhost:8765@evil.example", None, None, False),
        ("null", None, None, False),
        ("", None, None, False),
        ("http://[", None, None, False),
        (None, "http://localhost:8765/add?x=1", None, True),
        (None, "http://evil.example/http://localhost:8765", None, False),
        (None, None, "cross-site", False),
        (None, None, "same-site", False),
        (None, None, "same-origin", True),
        (None, None, None, True),
    ],
)
def test_a_change_comes_from_a_page_of_the_desk(origin, referer, site, own):
    assert from_own_page("localhost:8765", "http", origin, referer, site) is own


@pytest.mark.parametrize(
    "target", ["/", "/event/o12", "/search?q=%D9%85%D8%B5%D8%B1&page=2", "/relation/RUS/TUR#chart"]
)
def test_signing_in_leads_back(target):
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None, "", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)", "/\t/evil.example", "/ /evil.example", "/x\r\nSet-Cookie: a=b", "event/o12", " /",
        "/sign-in?next=/sign-in", "/sign-out", "/\x00", "/" + "x" * 3000, "/%5C\\evil.example",
    ],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(target):
    assert local_path(target) == "/"


@given(st.text(max_size=40))
def test_wherever_signing_in_leads_is_a_path_of_the_desk(target):
    found = local_path(target)
    assert found.startswith("/")
    assert not found.startswith(("//", "/\\"))
    assert "\n" not in found


def test_attempts_come_back_with_time():
    clock = Clock()
    attempts = Attempts(2, 60, clock=clock)
    assert [attempts.take("a") for _ in range(2)] == [0, 0]
    assert attempts.take("a") == pytest.approx(30)
    assert attempts.take("b") == 0
    clock.now += 31
    assert attempts.take("a") == 0
    assert attempts.take("a") > 0
    attempts.give_back("a")
    assert attempts.take("a") == 0


def test_attempts_remember_so_many_keys():
    attempts = Attempts(2, 60, most=10, clock=Clock())
    for n in range(100):
        attempts.take(str(n))
    assert len(attempts) == 10


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:2%eth0", "2001:db8::/64"),
        ("a unix socket" * 9, ("a unix socket" * 9)[:64]),
    ],
)
def test_a_customer_of_ipv6_is_counted_as_one(address, key):
    assert address_key(address) == key


def someone(name="leila", role=Role.EDITOR, secret=None):
    return Account(name, role, secret or token_hash(new_token()))


def test_sessions_end_when_unused_and_when_old():
    clock = Clock()
    sessions = Sessions(idle=100, whole=250, clock=clock)
    secret = sessions.begin(someone())
    for _ in range(2):
        clock.now += 99
        assert sessions.find(secret)
    clock.now += 99
    assert sessions.find(secret) is None
    secret = sessions.begin(someone())
    clock.now += 101
    assert sessions.find(secret) is None
    assert len(sessions) == 0


def test_sessions_are_so_many():
    sessions = Sessions(each=2, most=5, clock=Clock())
    first, second, third = (sessions.begin(someone()) for _ in range(3))
    assert sessions.find(first) is None
    assert sessions.find(second)
    assert sessions.find(third)
    for n in range(10):
        sessions.begin(someone(f"reader{n}"))
    assert len(sessions) == 5


def test_a_session_is_not_kept_as_the_browser_holds_it():
    sessions = Sessions()
    secret = sessions.begin(someone())
    session = sessions.find(secret)
    assert session is not None
    assert secret not in repr(session)
    sessions.end(session.id)
    assert sessions.find(secret) is None
    assert sessions.find("") is None


def test_a_token_of_a_form_belongs_to_one_browser():
    keys = FormKeys()
    assert keys.right(keys.token("browser:a"), "browser:a")
    assert not keys.right(keys.token("browser:a"), "browser:b")
    assert not keys.right(keys.token("browser:a"), "session:a")
    assert not keys.right(keys.token("browser:a"), None)
    assert not keys.right(None, "browser:a")
    assert not keys.right("", "browser:a")
    assert not FormKeys().right(keys.token("browser:a"), "browser:a")


@pytest.fixture(scope="module")
def password_hash():
    return hashed(PASSWORD)


def test_users_are_kept_where_others_cannot_read(tmp_path, password_hash):
    path = tmp_path / "new" / "users"
    token = new_token()
    assert not put(path, Account("ليلى", Role.EDITOR, password_hash))
    assert not put(path, Account("ليلى", Role.READER, token_hash(token)))
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    assert PASSWORD not in text
    assert token not in text
    accounts = Accounts(path)
    assert accounts.of_password("ليلى", PASSWORD) == Account("ليلى", Role.EDITOR, password_hash)
    assert accounts.of_password("ليلى", "something else") is None
    assert accounts.of_password("nobody", PASSWORD) is None
    assert accounts.of_password("ليلى", token) is None
    found = accounts.of_token(token)
    assert found is not None
    assert found.role is Role.READER
    assert accounts.of_token(password_hash) is None
    assert put(path, Account("ليلى", Role.READER, password_hash))
    assert len(kept_in(path)) == 2
    assert take_out(path, "ليلى", token=True)
    assert not take_out(path, "ليلى", token=True)
    assert [a.is_token for a in kept_in(path)] == [False]


def test_what_changes_in_the_file_counts_at_once(tmp_path, password_hash):
    path = tmp_path / "users"
    accounts = Accounts(path)
    assert not accounts
    account = Account("omar", Role.EDITOR, password_hash)
    put(path, account)
    accounts.refresh()
    assert accounts.stands(account)
    put(path, Account("omar", Role.READER, password_hash))
    accounts.refresh()
    assert not accounts.stands(account)
    take_out(path, "omar", token=False)
    accounts.refresh()
    assert not accounts


@pytest.mark.skipif(os.name != "posix", reason="modes of files are of POSIX")
def test_a_file_that_others_can_read_is_refused(tmp_path, password_hash):
    path = tmp_path / "users"
    put(path, Account("omar", Role.EDITOR, password_hash))
    path.chmod(0o640)
    with pytest.raises(AccountsError, match="chmod 600"):
        Accounts(path)


@pytest.mark.parametrize(
    "line",
    [
        "omar", "omar:editor", "omar:editor:", "omar:owner:{hash}", "om ar:editor:{hash}", ":editor:{hash}",
        "omar:editor:secret", "omar:editor:$2b$12$abcdefghijklmnopqrstuv", "omar:editor:$argon2id$nonsense",
        "omar:editor:sha256$abc", "<b>:editor:{hash}", "omar:editor:{hash}\nomar:reader:{hash}",
    ],
)  # fmt: skip
def test_a_wrong_line_is_named(tmp_path, line):
    path = tmp_path / "users"
    path.write_text("# users\n" + line.format(hash=token_hash("x")), "utf-8")
    path.chmod(0o600)
    with pytest.raises(AccountsError):
        Accounts(path)


def test_accounts_come_from_the_environment(monkeypatch, tmp_path, password_hash):
    monkeypatch.setenv("RASD_DESK_ACCOUNTS", f"omar:reader:{password_hash}\nbot:editor:{token_hash('x')}")
    monkeypatch.setenv("RASD_DESK_USERS", str(tmp_path / "none"))
    accounts = Accounts.from_environment()
    assert sorted((a.name, a.role.value) for a in accounts) == [("bot", "editor"), ("omar", "reader")]
    assert accounts.of_password("omar", PASSWORD)


def test_short_passwords_are_refused():
    with pytest.raises(PasswordError, match="too short"):
        hashed("123456789")
    with pytest.raises(PasswordError, match="too long"):
        hashed("x" * 2000)
    with pytest.raises(PasswordError, match="too simple"):
        hashed("1212121212")


@pytest.mark.parametrize("name", ["", " ", "a:b", "a\nb", "-x", "x" * 65, "<script>", "a b"])
def test_names_are_plain(name):
    with pytest.raises(AccountsError):
        account_name(name)


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.9.9.9", True),
     ("0.0.0.0", False), ("::", False), ("192.168.1.5", False), ("desk.example", False), ("", False)],
)  # fmt: skip
def test_which_addresses_are_of_this_machine(host, local):
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("settings", "with_users", "tls", "outcome"),
    [
        (GuardSettings(), False, False, 0),
        (GuardSettings(), True, False, 0),
        (GuardSettings(host="0.0.0.0"), False, True, None),
        (GuardSettings(host="0.0.0.0"), True, False, 2),
        (GuardSettings(host="0.0.0.0", names=("desk.example",)), True, True, 0),
        (GuardSettings(public="https://desk.example"), False, False, None),
        (GuardSettings(public="https://desk.example"), True, False, 0),
        (GuardSettings(host="0.0.0.0", public="https://desk.example"), True, False, 1),
        (GuardSettings(host=""), False, False, None),
    ],
)
def test_beyond_this_machine_one_signs_in(settings, with_users, tls, outcome):
    accounts = Accounts(environment=f"bot:editor:{token_hash('x')}" if with_users else None)
    guarding = Guarding(settings, accounts)
    if outcome is None:
        with pytest.raises(BindingError, match="rasd desk user add"):
            check(guarding, tls=tls)
    else:
        assert len(check(guarding, tls=tls)) == outcome
    assert guarding.signs_in() is (with_users or outcome is None)


@pytest.mark.parametrize(
    "text",
    ["desk.example", "https://", "https://a/b", "https://u@a", "ftp://a", "https://a:0", "https://[", "https://a?b"],
)
def test_a_public_address_is_one(text):
    with pytest.raises(BindingError):
        public_address(text)


def test_a_public_address_is_kept_plain():
    assert public_address(" https://Desk.Example:8443/ ") == "https://desk.example:8443"


def test_one_address_does_not_take_all_connections():
    from uvicorn import Config
    from uvicorn.server import ServerState

    class Line:
        """What a connection is written to."""

        def __init__(self, address):
            self.address, self.gone = address, False

        def get_extra_info(self, name):
            return (self.address, 5000) if name in ("peername", "sockname") else None

        def abort(self):
            self.gone = True

        close = abort

        def is_closing(self):
            return self.gone

    async def run():
        kind = protocol(Limits(connections=2))
        config = Config(lambda: None, lifespan="off")
        config.load()

        def connect(address):
            made, line = kind(config, ServerState(), {}, asyncio.get_running_loop()), Line(address)
            made.connection_made(line)
            return made, line

        lines = [connect("192.0.2.7") for _ in range(3)]
        assert [line.gone for _, line in lines] == [False, False, True]
        assert not connect("192.0.2.8")[1].gone
        assert not any(connect("127.0.0.1")[1].gone for _ in range(5))
        for made, _ in lines:
            made.connection_lost(None)
        assert not connect("192.0.2.7")[1].gone

    asyncio.run(run())
