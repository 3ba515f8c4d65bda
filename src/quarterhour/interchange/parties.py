"""Names in one text and addresses with the keys people use: what every format that writes parties reads alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Keys an address may have, first of each wins.
_STREET: Final = ("street", "line1", "line", "address1")
_STREET2: Final = ("street2", "line2", "address2")
_ZIP: Final = ("zip", "postal_code")


def street(where: Mapping[str, str]) -> str:
    """The first line of an address."""
    return _first(where, _STREET)


def second_street(where: Mapping[str, str]) -> str:
    """The second line of an address."""
    return _first(where, _STREET2)


def zip_code(where: Mapping[str, str]) -> str:
    """The ZIP code of an address, as it is written there."""
    return _first(where, _ZIP)


def split_name(name: str) -> tuple[str, str]:
    """A person's name in one text as family and given name: ``Roe, Jane`` or ``Jane Roe``."""
    family, comma, given = name.partition(",")
    if comma:
        return family.strip(), given.strip()
    given, _, family = name.strip().rpartition(" ")
    return family, given


def _first(where: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((where[key] for key in keys if where.get(key)), "")
