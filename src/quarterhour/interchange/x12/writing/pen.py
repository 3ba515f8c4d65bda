"""Segments one after the other: texts cleaned and every change noted, amounts and dates in their form, envelopes."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from quarterhour.interchange.x12.errors import CannotWrite

#: What may stand in an element: the basic and extended character sets less the separators written here.
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9!\"&'()+,\-./;?=%@\[\]_{}\\|<>#$](?: ?[A-Za-z0-9!\"&'()+,\-./;?=%@\[\]_{}\\|<>#$])*"
)
_OTHER: Final = re.compile(r"[^A-Za-z0-9!\"&'()+,\-./;?=%@\[\]_{}\\|<>#$ ]")
_LIKE: Final = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\xa0": " "}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A text that could not stand as it was. ``place`` is an element (``2010BA NM103``); ``claim`` counts from 1."""

    claim: int
    place: str
    reason: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom, under which control numbers, when.

    Args:
        created: the moment of writing; clocks are passed in.
        usage: ``P`` for production, ``T`` for a test.
        per_transaction: the most claims of one transaction; receivers commonly take 5,000.
        line_feeds: whether a line feed stands after every segment.

    """

    sender: str
    receiver: str
    created: dt.datetime
    submitter_name: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    receiver_name: str = ""
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    group_sender: str = ""
    group_receiver: str = ""
    control_number: int = 1
    group_control_number: int = 1
    usage: str = "P"
    acknowledge: bool = False
    per_transaction: int = 5000
    line_feeds: bool = True


@dataclass(slots=True)
class Pen:
    """Writes segments and remembers what it changed."""

    segments: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    claim: int = 0

    def text(self, value: str | None, most: int, place: str) -> str:
        """A text as it may stand in an element of at most ``most`` characters.

        Accents are taken off, separators and signs X12 does not carry become spaces, and what is too long is cut;
        each change is noted.
        """
        if not value:
            return ""
        if len(value) <= most and _PLAIN.fullmatch(value):
            return value
        return self._cleaned(value, most, place)

    def _cleaned(self, value: str, most: int, place: str) -> str:
        folded = unicodedata.normalize("NFKD", value.translate(_LIKE))
        plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
        clean = " ".join(_OTHER.sub(" ", plain).split())
        reason = "characters X12 does not carry" if clean != value.strip() else "white space"
        if len(clean) > most:
            clean, reason = clean[:most].rstrip(), f"longer than {most} characters"
        if clean != value:
            self.changes.append(Change(self.claim, place, reason, value, clean))
        return clean

    def code(self, value: str | None, most: int, place: str) -> str:
        """An identifier, which is never changed.

        Raises:
            CannotWrite: if it has characters or a length that X12 cannot carry; a changed identifier is another one.

        """
        if not value:
            return ""
        if len(value) > most:
            raise CannotWrite(place, f"longer than {most} characters")
        if not (value.isascii() and value.isalnum()) and not _PLAIN.fullmatch(value):
            raise CannotWrite(place, "has characters X12 does not carry")
        return value


def need(value: str, place: str) -> str:
    """The value, which must be there.

    Raises:
        CannotWrite: if it is empty.

    """
    if not value:
        raise CannotWrite(place, "required, and there is none")
    return value


def amount(cents: int) -> str:
    """Cents as dollars: ``150``, ``79.04``."""
    if cents < 0:
        return "-" + amount(-cents)
    whole, part = divmod(cents, 100)
    return f"{whole}.{part:02d}" if part else str(whole)


def day(date: dt.date) -> str:
    """``CCYYMMDD``."""
    text = date.isoformat()
    return f"{text[:4]}{text[5:7]}{text[8:10]}"


def segment(*elements: str) -> str:
    """A segment without the empty elements at its end."""
    return "*".join(elements).rstrip("*")


def envelope_begin(envelope: Envelope, identifier: str, guide: str) -> list[str]:
    """ISA and GS.

    Raises:
        CannotWrite: if an identifier has no place in them.

    """
    pen = Pen()
    sender, receiver = (
        need(pen.code(value, 15, place), place)
        for value, place in ((envelope.sender, "ISA06"), (envelope.receiver, "ISA08"))
    )
    group_sender = pen.code(envelope.group_sender or sender, 15, "GS02")
    group_receiver = pen.code(envelope.group_receiver or receiver, 15, "GS03")
    for value, place in ((group_sender, "GS02"), (group_receiver, "GS03")):
        if len(value) < 2:
            raise CannotWrite(place, "shorter than 2 characters")
    if not 0 <= envelope.control_number < 10**9:
        raise CannotWrite("ISA13", "a control number has at most nine digits")
    when = envelope.created
    addresses = f"{envelope.sender_qualifier:2}*{sender:15}*{envelope.receiver_qualifier:2}*{receiver:15}"
    control = f"{envelope.control_number:09d}*{int(envelope.acknowledge)}*{envelope.usage}"
    return [
        f"ISA*00*{'':10}*00*{'':10}*{addresses}*{when:%y%m%d}*{when:%H%M}*^*00501*{control}*:",
        f"GS*{identifier}*{group_sender}*{group_receiver}*{when:%Y%m%d*%H%M}*{envelope.group_control_number}*X*{guide}",
    ]


def envelope_end(envelope: Envelope, transactions: int) -> list[str]:
    """GE and IEA."""
    return [f"GE*{transactions}*{envelope.group_control_number}", f"IEA*1*{envelope.control_number:09d}"]


def joined(segments: Iterable[str], envelope: Envelope) -> bytes:
    """Segments as bytes, each with its terminator."""
    end = "~\n" if envelope.line_feeds else "~"
    return (end.join(segments) + end).encode("ascii")
