"""Which official file a file is, by its content."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType
from typing import Final

import msgspec

from quarterhour.domain.extras import installing
from quarterhour.interchange.cms_files import (
    add_ons,
    amounts,
    cost_indices,
    diagnoses,
    hcpcs,
    localities,
    pairs,
    relative_values,
    unlikely,
    zips,
)
from quarterhour.interchange.cms_files.reading import Asked, Reading
from quarterhour.interchange.cms_files.sources import OfficialFile

#: Each has ``recognised(head)`` and ``read(source, head, asked)``.
_READERS: Final[tuple[ModuleType, ...]] = (
    pairs,
    unlikely,
    relative_values,
    cost_indices,
    localities,
    zips,
    amounts,
    hcpcs,
    diagnoses,
    add_ons,
)
#: Official files that come in the same archives and say nothing that is asked here.
_NOT_NEEDED: Final = (
    (re.compile(r"HCPCS.MOD.PROCSTAT", re.IGNORECASE), "amounts capped at those of outpatient hospitals (OPPSCAP)"),
    (re.compile(r"National Anes CF", re.IGNORECASE), "anesthesia conversion factors"),
    (re.compile(r"List of Medicare Telehealth Services", re.IGNORECASE), "the list of telehealth services"),
)


class LeftAside(msgspec.Struct, frozen=True):
    """A file that was not read, and why."""

    source: OfficialFile
    reason: str


class Recognised(msgspec.Struct, frozen=True):
    """A file and the reader for it."""

    source: OfficialFile
    head: str
    reader: ModuleType


def recognised(source: OfficialFile) -> Recognised | LeftAside:
    """Say which file it is.

    Raises:
        BadOfficialFile: if it cannot be opened.

    """
    if source.workbook and not importlib.util.find_spec("openpyxl"):
        return LeftAside(source, f"a workbook; reading those needs the extra `excel`: {installing('excel')}")
    head = source.head()
    reader = next((one for one in _READERS if one.recognised(head)), None)
    if reader is not None:
        return Recognised(source, head, reader)
    known = next((what for form, what in _NOT_NEEDED if form.search(head)), None)
    return LeftAside(source, f"not needed: {known}" if known else "not one of the official files that can be read")


def read(found: Recognised, asked: Asked) -> Reading:
    """Read it.

    Raises:
        BadOfficialFile: if it is not whole.

    """
    reading: Reading = found.reader.read(found.source, found.head, asked)
    return reading
