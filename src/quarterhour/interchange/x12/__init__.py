"""X12: claims (837P, 837I), remittances (835) and acknowledgements (277CA, 999, TA1), read and written.

``read`` gives a whole file as tables and defects, ``stream`` the same part by part, ``write`` the bytes again,
``amend`` the bytes with elements replaced; ``writing`` makes new files.
"""

from __future__ import annotations

from quarterhour.interchange.x12.amend import Amended, Amendment, amend
from quarterhour.interchange.x12.columns import Table, Text
from quarterhour.interchange.x12.defects import Defect
from quarterhour.interchange.x12.errors import CannotWrite, NotX12, TooLong
from quarterhour.interchange.x12.lists import Lists, lists_of, own_lists
from quarterhour.interchange.x12.reader import Chunk, Reading, Summary, read, stream, write

__all__ = [
    "Amended",
    "Amendment",
    "CannotWrite",
    "Chunk",
    "Defect",
    "Lists",
    "NotX12",
    "Reading",
    "Summary",
    "Table",
    "Text",
    "TooLong",
    "amend",
    "lists_of",
    "own_lists",
    "read",
    "stream",
    "write",
]
