"""Who is treated and who treats: patients and providers, as visits and claims name them."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

import msgspec

#: Keys an address may have: the first and the second line under any of the names they are met under.
ADDRESS_KEYS: Final = (
    "street", "street2", "line1", "line2", "line", "address1", "address2",
    "city", "state", "zip", "postal_code", "country",
)  # fmt: skip


class _Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What all records of the contract share: frozen, by name, and a key nobody knows is refused."""


class PersonName(_Record, frozen=True):
    """A person's name."""

    family: str = ""
    given: str = ""


class Patient(_Record, frozen=True):
    """The person treated. Of it only ``id``, ``birth_date`` and ``sex`` are used, to tell patients apart."""

    id: str | None = None
    name: PersonName | None = None
    birth_date: dt.date | None = None
    sex: Literal["F", "M", "U"] | None = None
    member_id: str | None = None
    address: dict[str, str] | None = None


class Provider(_Record, frozen=True):
    """Somebody who treats, supervises, orders, certifies or bills."""

    npi: str | None = None
    name: str | None = None
    credential: str | None = None
    taxonomy: str | None = None
    tax_id: str | None = None
    address: dict[str, str] | None = None
