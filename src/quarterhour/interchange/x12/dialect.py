"""How a file is written: its separators, its encoding. Found by structure, not by position alone.

The ISA segment says it by its fixed places, where it keeps to them; where it does not (fields not padded, no ISA at
all), the separators are those that make known segments stand at the begin of segments.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from quarterhour.interchange.x12.errors import NotX12
from quarterhour.interchange.x12.wrapping import LEAST_SEEN, LINE_BREAKS, breaks_inside, segments_seen, unwrapped

#: How much of a file is looked at to find out; a longer preamble than this is not skipped.
HEAD: Final = 1 << 16
_ISA_FIELDS: Final = 16
#: So many lines tell whether a text is wrapped.
_TELLING: Final = 5
_ISA_LENGTH: Final = 106
_ISA: Final = re.compile(rb"(?<![A-Za-z0-9])(?:ISA(?=[^A-Za-z0-9\r\n])|isa(?=[^A-Za-z0-9\s.,'\"(){}\[\]-]))")
#: Segments a file without ISA may begin with, or that stand often enough in one to tell its separators.
_KNOWN: Final = rb"(?:GS|ST|BHT|NM1|HL|CLM|REF|N3|N4|SE|GE|IEA|BPR|TRN|CLP|SVC|DTM|DTP|SV1|SV2|LX|TA1|AK1|AK2|AK9|N1)"
_START: Final = re.compile(rb"(?<![A-Za-z0-9])" + _KNOWN + rb"(?=([^A-Za-z0-9\s.,'\"(){}\[\]-]))")
_KNOWN_TWICE: Final = re.compile(rb"(?<![A-Za-z0-9])" + _KNOWN + rb"[^A-Za-z0-9].*[^A-Za-z0-9]" + _KNOWN, re.DOTALL)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK: Final = (
    ("ISA".encode("utf-16-le"), "utf-16-le"),
    ("ISA".encode("utf-16-be"), "utf-16-be"),
    ("ISA".encode("cp037"), "cp037"),
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Separators as byte values; ``repetition`` and ``component`` are 0 where the file has none.

    ``isa`` tells how the ISA was found: ``padded``, ``unpadded`` or ``missing``. ``declared`` is the component
    separator the ISA names, where the segments have another. ``wrapped``: line breaks stand anywhere and are no part
    of the text.
    """

    element: int = ord("*")
    terminator: int = ord("~")
    component: int = ord(":")
    repetition: int = ord("^")
    isa: str = "padded"
    declared: int = 0
    wrapped: bool = False

    def splits_as(self, other: Dialect) -> bool:
        """Whether both split a file alike."""
        return (self.element, self.terminator, self.component, self.wrapped) == (
            other.element,
            other.terminator,
            other.component,
            other.wrapped,
        )


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a file whose first bytes are given, and the length of its byte order mark.

    ``ascii`` stands for every encoding that has the ASCII characters in their places.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return ("ascii" if name == "utf-8" else name), len(mark)
    for begin, name in _WITHOUT_MARK:
        if head.startswith(begin):
            return name, 0
    return "ascii", 0


def discover(head: bytes) -> tuple[Dialect, int]:
    """The separators of a text whose first bytes are given, and where in these its first segment begins.

    Raises:
        NotX12: if no X12 segment can be made out.

    """
    try:
        dialect, start = _discovered(head)
    except NotX12:
        dialect, start = _discovered(head.upper())
    else:
        if dialect.isa == "missing":
            dialect, start = _in_small_letters(head, dialect, start)
    return _unless_wrapped(dialect, head, start), start


def _in_small_letters(head: bytes, dialect: Dialect, start: int) -> tuple[Dialect, int]:
    """What is found if segment ids may be in small letters, where that finds more; words of texts are like these."""
    other, begin = _discovered(head.upper())
    seen = segments_seen(head[start:], dialect.element, dialect.terminator)
    more = segments_seen(head[begin:], other.element, other.terminator)
    return (other, begin) if more > seen else (dialect, start)


def _discovered(head: bytes) -> tuple[Dialect, int]:
    found = _ISA.search(head)
    known = _START.search(head)
    if found and (known is None or found.start() <= known.start()):
        return _of_isa(head, found.start()), found.start()
    if known is None:
        raise NotX12("no X12 segment can be found")
    if found is None:
        return _by_structure(head, known), known.start()
    # Transactions without an envelope, then an interchange that may have other separators.
    told, before = _of_isa(head, found.start()), head[: found.start()]
    shown = _by_structure(before, known)
    if (shown.element, shown.terminator) != (told.element, told.terminator) and (
        shown.element != told.element
        or segments_seen(before[known.start() :], shown.element, shown.terminator) >= LEAST_SEEN
    ):
        return shown, known.start()
    return replace(told, isa="missing"), known.start()


def isa_dialect(head: bytes, *, wrapped: bool) -> Dialect:
    """The separators told by the ISA that a text begins with, put right where the segments after it show others.

    ``wrapped`` is how the text before it is written, which holds where too little of this one is there to tell.
    """
    if len(head.splitlines()) < _TELLING:
        return replace(_of_isa(unwrapped(head) if wrapped else head, 0), wrapped=wrapped)
    return _unless_wrapped(_of_isa(head, 0), head, 0)


def _unless_wrapped(dialect: Dialect, head: bytes, start: int) -> Dialect:
    """The separators of a text that may stand in lines which have nothing to do with its segments."""
    following = _ISA.search(head, start + 3)
    text = head[start : following.start() if following else len(head)]
    if not breaks_inside(text, dialect.element, dialect.terminator):
        return dialect
    joined = unwrapped(text)
    try:
        other, _ = _discovered(joined)
    except NotX12:
        return dialect
    if other.terminator in LINE_BREAKS or not breaks_inside(text, other.element, other.terminator):
        return dialect
    better = segments_seen(joined, other.element, other.terminator)
    if better < max(segments_seen(text, dialect.element, dialect.terminator), LEAST_SEEN):
        return dialect
    return replace(other, wrapped=True)


def _of_isa(head: bytes, at: int) -> Dialect:
    dialect = _told(head, at)
    shown = _component_shown(head[at + _ISA_LENGTH :], bytes([dialect.element]), bytes([dialect.terminator]))
    if shown and dialect.component not in shown:
        return replace(dialect, component=shown[0], declared=dialect.component)
    return dialect


def _told(head: bytes, at: int) -> Dialect:
    isa = head[at : at + _ISA_LENGTH]
    element = isa[3]
    version_place, repetition_place, component_place = 84, 82, 104
    if len(isa) == _ISA_LENGTH and isa.count(element) >= _ISA_FIELDS and isa[103] == element:
        terminator, component, repetition = isa[105], isa[component_place], isa[repetition_place]
        sound = _stands_alone(component) and _stands_alone(terminator) and element not in {component, terminator}
        if sound and _goes_on(head[at + _ISA_LENGTH :], isa[105:106], element):
            version = isa[version_place : version_place + 5]
            return Dialect(element, terminator, component, _repetition(repetition, version), "padded")
    return _unpadded(head, at, element)


def _component_shown(body: bytes, element: bytes, terminator: bytes) -> bytes:
    """The signs that stand between components of diagnoses and procedures, the most frequent first."""
    own = re.escape(element)
    signs = Counter(
        match[1]
        for match in re.finditer(
            rb"(?<![A-Za-z0-9])(?:(?:SV1|SVC|HI)"
            + own
            + rb"|SV2"
            + own
            + rb"[0-9]*"
            + own
            + rb")[A-Z]{1,3}([^A-Za-z0-9\s])[A-Z0-9]",
            body,
        )
    )
    return b"".join(sign for sign, _ in signs.most_common() if sign not in {element, terminator})


def _unpadded(head: bytes, at: int, element: int) -> Dialect:
    """An ISA whose fields do not have their lengths: the component separator is what stands before the terminator."""
    fields = head[at : at + 4 * _ISA_LENGTH].split(bytes([element]), _ISA_FIELDS)
    if len(fields) > _ISA_FIELDS:
        version, rest = fields[12].strip(), fields[16]
        repetition = _repetition(fields[11][0] if len(fields[11]) == 1 else 0, version)
        if len(rest) >= 2 and _stands_alone(rest[0]) and _stands_alone(rest[1]):
            return Dialect(element, rest[1], rest[0], repetition, "unpadded")
        if rest and _stands_alone(rest[0]):
            return Dialect(element, rest[0], ord(":"), repetition, "unpadded")
    known = _START.search(head, at + 3)
    base = _by_structure(head, known) if known else Dialect(element)
    return replace(base, element=element, isa="unpadded")


def _by_structure(head: bytes, known: re.Match[bytes]) -> Dialect:
    """Separators by what stands before and after known segment ids."""
    element = known[1][0]
    quoted = re.escape(known[1])
    before = Counter(
        match[1]
        for match in re.finditer(rb"([^A-Za-z0-9 ])\s*(?<![A-Za-z0-9])" + _KNOWN + quoted, head[known.start() :])
    )
    # A line feed counts as the terminator only where nothing else stands before it.
    ends = {bytes([c[0]]): n for c, n in before.items() if c[0] != element}
    visible = {c: n for c, n in ends.items() if not c.isspace()}
    chosen = visible if visible and max(visible.values()) * 2 >= max(ends.values()) else ends
    terminator = max(chosen, key=lambda c: chosen[c])[0] if chosen else ord("~")
    shown = _component_shown(head[known.start() :], known[1], bytes([terminator]))
    return Dialect(element, terminator, shown[0] if shown else ord(":"), ord("^"), "missing")


def _repetition(sign: int, version: bytes) -> int:
    """ISA11 is a separator from version 00402 on, unless it is the ``U`` of the versions before."""
    return sign if version >= b"00402" and _stands_alone(sign) else 0


def _goes_on(rest: bytes, terminator: bytes, element: int) -> bool:
    """Whether what follows an ISA begins like a segment, and the terminator is met again if anything is."""
    text = rest.lstrip(b"\0\t\n\v\f\r \x1a")
    begins = not text or re.match(rb"[A-Za-z][A-Za-z0-9]{1,2}" + re.escape(bytes([element])), text) is not None
    return begins and (terminator in rest or _KNOWN_TWICE.search(rest) is None)


def _stands_alone(sign: int) -> bool:
    return sign != 0 and not chr(sign).isalnum()
