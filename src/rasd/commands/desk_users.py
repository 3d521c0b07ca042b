"""Who may use the desk: ``rasd desk user add``, ``list``, ``remove``; ``rasd desk token add``, ``remove``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasd.commands import shell
from rasd.errors import RasdError

if TYPE_CHECKING:
    from rasd.desk.guard.accounts import Role

UsersOption = Annotated[
    Path | None,
    typer.Option("--users", metavar="FILE", help="The file of users; else $RASD_DESK_USERS, else one in your folder."),
]
NameArgument = Annotated[str, typer.Argument(metavar="NAME")]
RoleOption = Annotated[str, typer.Option(metavar="reader|editor", help="A reader reads; an editor adds and reviews.")]


def add_user(
    name: NameArgument,
    role: RoleOption = "reader",
    users: UsersOption = None,
    stdin: Annotated[bool, typer.Option("--stdin", help="Read the password from standard input.")] = False,
) -> None:
    """Let somebody sign in to the desk, or give him a new password or role."""
    from rasd.desk.guard import accounts, passwords

    named, as_what, path = accounts.account_name(shell.clean(name) or ""), _role(role), users or accounts.default_path()
    accounts.kept_in(path)  # what is wrong with the file is said before a password is asked for
    account = accounts.Account(named, as_what, passwords.hashed(_password(stdin=stdin)))
    changed = accounts.put(path, account)
    shell.say(f"{named}, {as_what}, {'changed' if changed else 'added'} ({path})")


def list_users(users: UsersOption = None) -> None:
    """List who may sign in, and the tokens there are."""
    from rasd.desk.guard import accounts

    found = list(accounts.Accounts.from_environment(users))
    for account in sorted(found, key=lambda a: (a.is_token, a.name)):
        shell.write(f"{account.name}\t{account.role}\t{'token' if account.is_token else 'password'}\n".encode())
    if not found:
        shell.say("nobody yet: rasd desk user add NAME")


def remove_user(name: NameArgument, users: UsersOption = None) -> None:
    """Let somebody sign in no more; he is signed out at once."""
    _remove(name, users, token=False)


def add_token(name: NameArgument, role: RoleOption = "reader", users: UsersOption = None) -> None:
    """Make a token for a program and print it: it is shown this once, and sent as 'Authorization: Bearer TOKEN'."""
    from rasd.desk.guard import accounts, passwords

    named, as_what, path = accounts.account_name(shell.clean(name) or ""), _role(role), users or accounts.default_path()
    token = passwords.new_token()
    changed = accounts.put(path, accounts.Account(named, as_what, passwords.token_hash(token)))
    shell.write(f"{token}\n".encode())
    shell.say(f"token {named}, {as_what}, {'in the place of an earlier one' if changed else 'added'} ({path})")


def remove_token(name: NameArgument, users: UsersOption = None) -> None:
    """Let a program's token count no more."""
    _remove(name, users, token=True)


def _remove(name: str, users: Path | None, *, token: bool) -> None:
    from rasd.desk.guard import accounts

    named, path = accounts.account_name(shell.clean(name) or ""), users or accounts.default_path()
    if not accounts.take_out(path, named, token=token):
        raise RasdError(f"no {'token' if token else 'user'} is called {named} in {path}")
    shell.say(f"{named} removed")


def _role(text: str) -> Role:
    from rasd.desk.guard.accounts import Role

    if text not in list(Role):
        raise RasdError("a role is 'reader' or 'editor'")
    return Role(text)


def _password(*, stdin: bool) -> str:
    """The password that is typed twice, or the first line of standard input."""
    if stdin or sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison]
        line = sys.stdin.readline() if sys.stdin is not None else ""  # pyright: ignore[reportUnnecessaryComparison]
        return line.removesuffix("\n").removesuffix("\r")
    import getpass

    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise RasdError("the two are not the same")
    return first


def register(app: typer.Typer) -> None:
    """Put these commands below ``rasd desk``."""
    user = typer.Typer(no_args_is_help=True, help="Who may sign in to the desk.")
    user.command("add")(add_user)
    user.command("list")(list_users)
    user.command("remove")(remove_user)
    token = typer.Typer(no_args_is_help=True, help="Tokens of programs, for the API and for feeds.")
    token.command("add")(add_token)
    token.command("remove")(remove_token)
    app.add_typer(user, name="user")
    app.add_typer(token, name="token")
