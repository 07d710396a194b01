"""``kai user``: the operator's user file, for a page that others reach."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import Failure, Home, out, say, settings
from assistant.exits import USAGE

user_app = typer.Typer(help="Who may log in to the page (KAI_USERS).", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME")]
File = Annotated[Path | None, typer.Option("--file", help="The user file (KAI_USERS).")]
FILE = "users.txt"


@user_app.command()
def add(name: Name, home: Home = None, file: File = None) -> None:
    """Add a user, or give one a new password; it is asked for, or read from standard input."""
    from assistant.web.users import UsersError, add_user

    path = _file(home, file)
    try:
        new = add_user(path, name, _password())
    except (UsersError, OSError) as error:
        raise Failure(str(error), USAGE) from error
    out(f"{name} is {'added to' if new else 'changed in'} {path}.")
    if settings(home).users != path:
        say(f"To ask for a login, start the page with KAI_USERS={path}")


@user_app.command()
def remove(name: Name, home: Home = None, file: File = None) -> None:
    """Take a user out; who is logged in under that name is logged out at once."""
    from assistant.web.users import UsersError, remove_user

    try:
        remove_user(_file(home, file), name)
    except (UsersError, OSError) as error:
        raise Failure(str(error), USAGE) from error
    out(f"{name} is removed.")


@user_app.command("list")
def names(home: Home = None, file: File = None) -> None:
    """The names of all users."""
    from assistant.web.users import Users, UsersError

    try:
        found = Users(_file(home, file)).names()
    except UsersError as error:
        raise Failure(str(error), USAGE) from error
    for name in found:
        out(name)


def _file(home: Path | None, file: Path | None) -> Path:
    read = settings(home)
    return file or read.users or read.home / FILE


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise Failure("The two passwords differ. Try again.", USAGE)
    return first
