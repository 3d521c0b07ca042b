"""The desk: ``rasd desk``, and who may use it: ``rasd desk user``, ``rasd desk token``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rasd.commands import desk_users, shell
from rasd.commands.desk_users import UsersOption
from rasd.commands.keeping import DatabaseOption
from rasd.errors import RasdError

HostOption = Annotated[
    str,
    typer.Option(metavar="ADDRESS", help="Listen at this address: 0.0.0.0 for all. Others than this machine sign in."),
]
NameOption = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="What browsers call this machine; give it again for another.")
]
PublicOption = Annotated[
    str | None, typer.Option(metavar="URL", help="Where a proxy shows the desk: https://desk.example.org.")
]


def desk(
    context: typer.Context,
    db: DatabaseOption = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")] = 8765,
    host: HostOption = "127.0.0.1",
    name: NameOption = None,
    public: PublicOption = None,
    users: UsersOption = None,
    certificate: Annotated[Path | None, typer.Option(metavar="FILE", help="A certificate (PEM), for https.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Its key (PEM).")] = None,
    log: Annotated[bool, typer.Option("--log", help="Log each request, on standard error.")] = False,
    lexicon: shell.LexiconOption = None,
) -> None:
    """Serve web pages to read the record on, for this machine alone; a sample where there is no database yet.

    Beyond this machine (--host, --public) it is served only to who signs in: see 'rasd desk user add'.
    """
    if context.invoked_subcommand is not None:
        return
    from rasd.desk.guard.addresses import public_address
    from rasd.desk.serving import serve
    from rasd.desk.settings import Settings

    if (certificate is None) != (key is None):
        raise RasdError("--certificate and --key belong together")
    for file in (certificate, key):
        if file is not None and not file.is_file():
            raise RasdError(f"{file}: no such file")
    settings = Settings(
        shell.clean(db), lexicon, host.strip("[]"), port, names=tuple(name or ()),
        public=public_address(public) if public else None, users=users, certificate=certificate, key=key, log=log,
    )  # fmt: skip
    serve(settings, lambda address: shell.say(f"the desk is at {address} (Ctrl-C ends it)"), shell.say)


def register(app: typer.Typer) -> None:
    """Put these commands on the app."""
    ours = typer.Typer()
    ours.callback(invoke_without_command=True)(desk)
    desk_users.register(ours)
    app.add_typer(ours, name="desk")
