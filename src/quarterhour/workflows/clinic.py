"""What a clinic's claims need beside its visits: who submits to whom, payers' names and identifiers, charges.

It stands in one YAML file, so that nothing of it has to be made up: what is missing there and in the visit is an
error that names both places.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.errors import DomainError
from quarterhour.domain.json import from_builtins
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Provider
from quarterhour.workflows.errors import BadRequest

#: How a number that should be a text is told.
_NUMBER: Final = re.compile(r"got `(?:int|float)`|such as")


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts share."""


class Trader(_Part, frozen=True):
    """One end of an interchange: its name, and its identifier with the qualifier the two have agreed on."""

    name: str
    id: str
    qualifier: str = "ZZ"
    contact_name: str = ""
    contact_phone: str = ""


class KnownPayer(_Part, frozen=True):
    """A payer as claims name it. ``filing`` is the claim filing indicator, such as ``MB``."""

    name: str
    id: str
    filing: str
    address: dict[str, str] | None = None


class Facility(_Part, frozen=True):
    """What an institutional claim states that no visit does; ``facility`` is the begin of the type of bill."""

    facility: str
    patient_status: str
    admission_type: str | None = None
    admission_source: str | None = None
    attending: Provider | None = None


class Clinic(_Part, frozen=True):
    """All of it. ``charges`` are by procedure code and unit, for services whose record has none."""

    submitter: Trader | None = None
    receiver: Trader | None = None
    billing_provider: Provider | None = None
    payers: dict[str, KnownPayer] = {}
    charges: dict[str, Cents] = {}
    institutional: Facility | None = None
    usage: str = "P"


def clinic_of(path: Path | None) -> Clinic:
    """The clinic file; an empty clinic where none is named.

    Raises:
        BadRequest: if the file cannot be read, or says something that has no place in it.

    """
    if path is None:
        return Clinic()
    import yaml

    try:
        content: Any = yaml.safe_load(path.read_bytes()) or {}
    except OSError as error:
        raise BadRequest(f"{path} cannot be read: {error.strerror or type(error).__name__}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise BadRequest(f"{path}{place}: not YAML") from None
    return clinic_of_value(content, str(path))


def clinic_of_value(content: Any, named: str) -> Clinic:
    """A clinic out of what its file would hold; ``named`` is what an error calls it.

    Raises:
        BadRequest: if it says something that has no place in it.

    """
    strange = next(_strange(content, Clinic, ""), None)
    if strange:
        raise BadRequest(f"{named}: {strange}")
    try:
        return from_builtins(content, Clinic)
    except (msgspec.ValidationError, DomainError) as error:
        # YAML reads digits without quotes as a number, which loses leading zeros.
        quotes = "; money and identifiers stand in quotes" if _NUMBER.search(str(error)) else ""
        raise BadRequest(f"{named}: {error}{quotes}") from None


def _strange(content: Any, part: type[msgspec.Struct], where: str) -> Iterator[str]:
    """A sentence for each key that has no place in a part of the file, with the keys that have."""
    fields = {field.name: field.type for field in msgspec.structs.fields(part)}
    for key, value in content.items() if isinstance(content, dict) else ():
        at = f"{where}{key}"
        if key not in fields:
            place = f" in {where.removesuffix('.')}" if where else ""
            belongs = [name for name, kind in fields.items() for one in _parts(kind) if key in one.__struct_fields__]
            hint = f"; it stands under {belongs[0]}" if belongs else ""
            yield f"unknown key {key}{place}{hint}; there can be {', '.join(fields)}"
            continue
        # Under `payers` a part stands for each of our names.
        inner = value.items() if typing.get_origin(fields[key]) is dict and isinstance(value, dict) else [("", value)]
        for name, one in inner:
            for kind in _parts(fields[key]):
                yield from _strange(one, kind, f"{at}.{name}." if name else f"{at}.")


def _parts(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The parts of the file in a type such as ``Trader | None`` or ``dict[str, KnownPayer]``."""
    for one in (kind, *typing.get_args(kind)):
        if isinstance(one, type) and issubclass(one, msgspec.Struct):
            yield one
