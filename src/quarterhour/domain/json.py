"""How the types of this room that JSON does not have are read from and written to it."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents

T = TypeVar("T")


def _decode(wanted: type, value: object) -> object:
    if wanted is Cents:
        return Cents.parse(value)
    if wanted is Clock:
        return Clock.parse(value)
    msg = f"no way to read {wanted}"
    raise NotImplementedError(msg)


def _encode(value: object) -> object:
    if isinstance(value, Cents | Clock):
        return str(value)
    msg = f"no way to write {type(value)}"
    raise NotImplementedError(msg)


def from_builtins(value: object, wanted: type[T]) -> T:
    """Convert plain dicts, lists and texts to a type of this room.

    Raises:
        msgspec.ValidationError: where the value does not fit; the message ends in the place, as
        ``$.services[0].minutes``.

    """
    return msgspec.convert(value, wanted, dec_hook=_decode)


def to_builtins(value: object) -> Any:
    """Plain dicts, lists, texts and numbers of a value of this room, as they stand in JSON."""
    return msgspec.to_builtins(value, enc_hook=_encode)


def dumps(value: object, *, indent: int | None = None) -> str:
    """The JSON text of a value of this room."""
    text = msgspec.json.encode(value, enc_hook=_encode)
    return (msgspec.json.format(text, indent=indent) if indent else text).decode()
