"""From the bytes of a file to its text: only a byte order mark is left out, nothing else is altered."""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.errors import Unreadable

_TEXT: Final = "expected text, such as a visit record in JSON or CSV or a note"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
#: How the file of another format begins, what it is, and what can be done.
_SIGNATURES: Final = (
    (b"PAR1", "a Parquet file", _TEXT),
    (
        b"PK\x03\x04",
        "an office document or a zip archive",
        "save a sheet as CSV, a note as plain text (.txt)",
    ),
    (b"%PDF", "a PDF", "save a note as plain text (.txt), and ask for visits and claims as CSV, X12 or FHIR"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"{\\rtf", "a rich text document", "save it as plain text (.txt)"),
)
_CLAIMS: Final = "this is answered from visits; `quarterhour convert` makes them of claims"
_X12: Final = b"ISA"


def decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        Unreadable: if it is binary, of another format, or not UTF-8.

    """
    # What parts the elements of an interchange follows at once; a letter there begins a name.
    x12 = content.startswith(_X12) and not content[3:4].isalnum()
    if x12:
        raise Unreadable(f"not recognised: this is an X12 interchange; {_CLAIMS}")
    for signature, what, remedy in _SIGNATURES:
        if content.startswith(signature):
            raise Unreadable(f"not recognised: this is {what}; {remedy}")
    if content.startswith(_UTF16):
        raise Unreadable("not UTF-8 but UTF-16; save it as UTF-8")
    if b"\0" in content:
        raise Unreadable(f"not recognised: binary content; {_TEXT}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise Unreadable(f"not UTF-8: byte {content[error.start]:#04x}; save it as UTF-8", line, column) from None


def looks_like_json(text: str) -> bool:
    """Whether it begins as an object or a list does."""
    return text.lstrip()[:1] in {"{", "["}
