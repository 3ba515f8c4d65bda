"""What callers may say in more than one way: dates, codes, folders of policy; and the forms all answers share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.code import code_number
from quarterhour.domain.errors import BadCode
from quarterhour.policy import Policy, load
from quarterhour.policy.codes import CodeCard
from quarterhour.policy.source import Source
from quarterhour.workflows.errors import BadRequest, UnknownCode

#: The version of the outward contract.
FORMAT: Final = 1
Day = str | dt.date | None


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


def policy_of(folders: Sequence[str | Path]) -> Policy:
    """The built-in policy, the clinic's own folders over it."""
    return load([Path(folder) for folder in folders])


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
