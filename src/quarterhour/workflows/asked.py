"""What callers may say in more than one way: dates, codes, folders of policy; and the forms all answers share."""

from __future__ import annotations

import contextlib
import contextvars
import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.code import code_number
from quarterhour.domain.errors import BadCode
from quarterhour.policy import Policy, load
from quarterhour.policy.codes import CodeCard
from quarterhour.policy.source import Source
from quarterhour.policy.tables import BUILT_IN, VERSION, Version, store_folder, version
from quarterhour.workflows.errors import BadRequest, UnknownCode

#: The version of the outward contract.
FORMAT: Final = 1
Day = str | dt.date | None
#: The payer by whose terms is judged and counted where nobody names one.
DEFAULT_PAYER: Final = "medicare-b"


def today() -> dt.date:
    """The day it is where the computer stands. The one place the clock is read."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def day_of(on: Day, otherwise: dt.date | None = None) -> dt.date:
    """A date as callers give it; none given is ``otherwise``, else today.

    Raises:
        BadRequest: for a text that is no date.

    """
    if on is None:
        return otherwise or today()
    if isinstance(on, dt.datetime):
        return on.date()
    if isinstance(on, dt.date):
        return on
    try:
        return dt.date.fromisoformat(on)
    except (TypeError, ValueError):
        msg = f'expected a date such as "2026-03-04", got {on!r}'
        raise BadRequest(msg) from None


#: The store and the version of imported tables that were named for this call; else the environment names them.
_CHOSEN: Final[contextvars.ContextVar[tuple[Path | None, str | None]]] = contextvars.ContextVar(
    "tables", default=(None, None)
)


@contextlib.contextmanager
def with_tables(store: str | Path | None = None, wanted: str | None = None) -> Iterator[None]:
    """Answer from a store of imported tables, and from a version of it that need not be the one in force."""
    token = _CHOSEN.set((Path(store) if store else None, wanted))
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def named_tables() -> tuple[Path | None, str | None]:
    """The store and version that were named for this call, each None where none was."""
    return _CHOSEN.get()


def held_version() -> Version | None:
    """The imported tables to answer from, None where nothing was imported.

    Raises:
        NoSuchVersion: for a version that was named and is not in the store.
        SpoiltStore: if the store cannot be read.

    """
    store, wanted = _CHOSEN.get()
    return version(store_folder(store), wanted or os.environ.get(VERSION) or None)


def chosen_tables() -> tuple[str | None, str | None]:
    """Store and version that this call answers from, for work it hands to another process.

    Where none is held it says so, or the other process would look for one of its own.

    Raises:
        NoSuchVersion, SpoiltStore: as :func:`held_version`.

    """
    held = held_version()
    return (None, BUILT_IN) if held is None else (str(held.store), held.id)


def words_of(given: object, what: str) -> tuple[str, ...]:
    """Words as callers give them: several in a list, one by itself, and in each as many as commas part.

    Raises:
        BadRequest: for what is no text and no list of texts; ``what`` names the argument.

    """
    listed = [given] if isinstance(given, str) else list_of(() if given is None else given, what, "words")
    return tuple(word.strip() for one in listed for word in text_of(one, what).split(",") if word.strip() or not one)


def paths_of(given: object, what: str) -> tuple[Path, ...]:
    """Files or folders as callers give them: several in a list, or one by itself.

    Raises:
        BadRequest: for what is no path and no list of paths; ``what`` names the argument.

    """
    listed = [given] if isinstance(given, str | Path) else list_of(() if given is None else given, what, "paths")
    for one in listed:
        if not isinstance(one, str | os.PathLike):
            msg = f"{what}: expected a path, got {one!r}"
            raise BadRequest(msg)
    return tuple(map(Path, listed))


def list_of(given: object, what: str, of: str) -> list[Any]:
    """Several things as a caller gives them.

    Raises:
        BadRequest: for one thing alone, or none; ``what`` names the argument and ``of`` what it is to hold.

    """
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        msg = f"{what}: expected a list of {of}, got {given!r}"
        raise BadRequest(msg)
    return list(given)


def text_of(given: object, what: str) -> str:
    """A text as a caller gives it.

    Raises:
        BadRequest: for anything else; ``what`` names the argument.

    """
    if not isinstance(given, str):
        msg = f"{what}: expected a text, got {given!r}"
        raise BadRequest(msg)
    return given


def policy_of(folders: Sequence[str | Path] | str | Path | None) -> Policy:
    """The built-in policy, the imported tables and the clinic's own folders over it; one folder may stand by itself."""
    return load(list(paths_of(folders, "policy_folders")), held_version())


def code_of(text: object) -> str:
    """A procedure code as people type it, in capitals.

    Raises:
        BadRequest: unless it has the form of one.

    """
    code = str(text).strip().upper()
    try:
        code_number(code)
    except BadCode as error:
        raise BadRequest(str(error)) from None
    return code


def card_of(text: object, policy: Policy) -> CodeCard:
    """What is known of a code.

    Raises:
        BadRequest: unless it has the form of a code.
        UnknownCode: if nothing is known of it.

    """
    code = code_of(text)
    card = policy.codes.card(code)
    if card is None:
        raise UnknownCode(code)
    return card


def iso(day: dt.date | None) -> str | None:
    """A date as the contract has it."""
    return None if day is None else day.isoformat()


def according_to(source: Source, evidence: str | None = None) -> dict[str, Any]:
    """Who says so, beside what is said."""
    return {"source": source.title, "publisher": source.publisher, "href": source.href, "evidence": evidence}


def cited(source: Source, evidence: str | None = None, first: dt.date | None = None) -> dict[str, Any]:
    """A source in the list of those an answer rests on."""
    return {
        "title": source.title,
        "publisher": source.publisher,
        "href": source.href,
        "effective_from": iso(first),
        "evidence": evidence,
    }
