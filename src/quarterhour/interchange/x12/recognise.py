"""Whether bytes are X12: by content, so that a claim file goes by any name and a note by none is taken for one."""

from __future__ import annotations

import re
from typing import Final

from quarterhour.interchange.x12.dialect import HEAD, discover, encoding_of
from quarterhour.interchange.x12.errors import NotX12
from quarterhour.interchange.x12.segments import NUMBER

_NAME: Final = b"(?:" + "|".join(name for name in NUMBER if name.isalnum()).encode() + b")"
#: Without an ISA so many segments in a row must follow one another: two may be words of a note.
_LEAST: Final = 3
#: An ISA has sixteen elements, the first of them two places long; where its fields are not padded it is shorter.
_ISA_ELEMENTS: Final = 16
_ISA_ROOM: Final = 424
#: What parts words, quotes and lists in other texts, and no elements.
_OF_TEXTS: Final = frozenset(b" \t.,'\"(){}[]-`")
_CUT_SHORT: Final = re.compile(rb"\s*ISA([^A-Za-z0-9\s])\d\d\1")


def recognised(head: bytes) -> bool:
    """Whether a file that begins so (``HEAD`` bytes are enough) is X12."""
    name, mark = encoding_of(head[:HEAD])
    text = head[mark:HEAD]
    if name != "ascii":
        text = text.decode(name, errors="replace").encode("ascii", errors="replace")
    try:
        dialect, start = discover(text)
    except NotX12:
        return False
    if dialect.element in _OF_TEXTS:
        return False
    if dialect.isa != "missing":
        begin = text[start : start + _ISA_ROOM]
        return begin.count(bytes([dialect.element])) >= _ISA_ELEMENTS or _CUT_SHORT.match(text) is not None
    element, end = re.escape(bytes([dialect.element])), re.escape(bytes([dialect.terminator]))
    segment = _NAME + element + rb"[^" + end + rb"]*" + end + rb"\s*"
    return re.match(rb"(?:" + segment + rb"){%d}" % _LEAST, text[start:], re.IGNORECASE) is not None
