"""Who says so, and how well it is known."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from quarterhour.policy.errors import BadPolicyData, UnknownName
from quarterhour.policy.reading import DataFiles

Grade = Literal["primary", "near-primary", "secondary", "derived", "memory", "own"]
#: From best known to least. A fact from memory, or a threshold of our own, never carries a finding of error level.
GRADES: Final[tuple[Grade, ...]] = ("primary", "near-primary", "secondary", "derived", "memory", "own")


class Source(msgspec.Struct, frozen=True):
    """A publication. ``href`` is the publisher's own page."""

    id: str
    title: str
    publisher: str
    href: str | None = None
    published: str | None = None
    retrieved: str | None = None


def grade(text: object, where: str) -> Grade:
    """The evidence grade of that name.

    Raises:
        BadPolicyData: for a grade there is not.

    """
    if text not in GRADES:
        msg = f"{where}: evidence must be one of {', '.join(GRADES)}, not {text!r}"
        raise BadPolicyData(msg)
    return text


def sources(data: DataFiles) -> dict[str, Source]:
    """Every source of the data, by id."""
    found: dict[str, Source] = {}
    for name, content in data.under("sources").items():
        for key, entry in content.items():
            if key in found:
                msg = f"{name}: source {key!r} is described twice"
                raise BadPolicyData(msg)
            found[key] = Source(
                key,
                entry["title"],
                entry["publisher"],
                entry.get("href"),
                entry.get("published"),
                entry.get("retrieved"),
            )
    return found


def source_of(entry: dict[str, Any], known: dict[str, Source], where: str) -> Source:
    """The source an entry names.

    Raises:
        BadPolicyData: where it names none.
        UnknownName: where it names one that is not described.

    """
    if "source" not in entry:
        msg = f"{where}: every value needs a source"
        raise BadPolicyData(msg)
    if entry["source"] not in known:
        raise UnknownName("source", entry["source"], known)
    return known[entry["source"]]
