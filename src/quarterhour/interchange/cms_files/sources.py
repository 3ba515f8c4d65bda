"""Files and members of archives, opened as bytes, as lines, or as cells, whatever they are packed in."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from quarterhour.interchange.errors import BadOfficialFile

Cells = list[str]
#: A line or row with its number, counted from 1.
Numbered = tuple[int, str]
Row = tuple[int, Cells]

_ZIP: Final = b"PK\x03\x04"
_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
#: So much of a file is looked at to say what it is.
_HEAD_BYTES: Final = 1 << 16
_HEAD_ROWS: Final = 40
#: No official file is larger than this when unpacked; an archive that says so is not one.
_LARGEST: Final = 4 << 30
_OTHER: Final = {".pdf", ".doc", ".docx", ".htm", ".html", ".jpg", ".png", ".pptx"}


class OfficialFile(msgspec.Struct, frozen=True):
    """A file, or a member of an archive. ``workbook``: an office document rather than text."""

    path: Path
    member: str | None = None
    workbook: bool = False

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"{self.path}: {self.member}" if self.member else str(self.path)

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, the nearest first: the member's, the file's."""
        return tuple(filter(None, (self.member and Path(self.member).name, self.path.name)))

    def open(self) -> IO[bytes]:
        """Its bytes, without a byte order mark.

        Raises:
            BadOfficialFile: if it cannot be opened, or is UTF-16.

        """
        try:
            raw: IO[bytes] = _member(self.path, self.member) if self.member else self.path.open("rb")
            opened = io.BufferedReader(_Raw(raw, self.where), 1 << 20)
            begin = opened.peek(len(_BOM))[: len(_BOM)]
        except (OSError, zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError) as error:
            raise BadOfficialFile(self.where, f"cannot be opened ({type(error).__name__})") from error
        if begin.startswith(_UTF16) and not self.workbook:
            raise BadOfficialFile(self.where, "is UTF-16", "save it as UTF-8, or download the file again")
        if begin == _BOM:
            opened.read(len(_BOM))
        return opened

    def lines(self) -> Iterator[Numbered]:
        """The lines of a text, without their ends. What is not UTF-8 is read as Latin-1, as the older files are."""
        with self.open() as opened:
            for number, line in enumerate(opened, 1):
                yield number, _text(line).rstrip("\r\n")

    def cells(self) -> Iterator[Row]:
        """The rows of a workbook's first sheet, or of a text whose columns are parted by tabs or commas.

        A row of a text has the number of the line it begins on.
        """
        if self.workbook:
            yield from self._sheet()
            return
        head = self.head()
        with self.open() as opened:
            if "\t" in head and head.count("\t") > head.count(","):
                for number, line in enumerate(opened, 1):
                    yield number, _text(line).rstrip("\r\n").split("\t")
                return
            reader = csv.reader(_text(line) for line in opened)
            begins = 1
            try:
                for row in reader:
                    yield begins, row
                    begins = reader.line_num + 1
            except csv.Error as error:
                raise BadOfficialFile(self.where, f"is no table ({error})", line=begins) from error

    def head(self) -> str:
        """The first lines of a text; of a workbook its first rows, columns parted by tabs."""
        if self.workbook:
            return "\n".join("\t".join(cells) for _, cells in itertools.islice(self._sheet(), _HEAD_ROWS))
        with self.open() as opened:
            return _text(opened.read(_HEAD_BYTES))

    def _sheet(self) -> Iterator[Row]:
        import openpyxl

        with self.open() as opened:
            try:
                book = openpyxl.load_workbook(io.BytesIO(opened.read()), read_only=True, data_only=True)
                rows = book.worksheets[0].iter_rows(values_only=True)
                for number, row in enumerate(rows, 1):
                    yield number, [_cell(value) for value in row]
            except (ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
                raise BadOfficialFile(self.where, f"is a damaged workbook ({type(error).__name__})") from error


class _Raw(io.RawIOBase):
    """Bytes of a file, whose damage is told as ours."""

    def __init__(self, raw: IO[bytes], where: str) -> None:
        self._raw, self._where = raw, where

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        import zlib

        try:
            content = self._raw.read(len(buffer))
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise BadOfficialFile(self._where, f"the archive is damaged ({error})") from error
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._raw.close()
        super().close()


def official_files(paths: Iterable[Path]) -> list[OfficialFile]:
    """The files meant: folders and archives opened, documents left out, twins of one stem in the order to prefer.

    Raises:
        BadOfficialFile: for a path there is not, or an archive that cannot be opened.

    """
    found: list[OfficialFile] = []
    for path in paths:
        if path.is_dir():
            files = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        elif path.is_file():
            files = [path]
        else:
            raise BadOfficialFile(str(path), "there is no such file", "look at the path")
        for file in files:
            found += _unpacked(file)
    return found


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as downloaded."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def delimited(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as lines of text, columns parted by tabs."""
    for _, cells in rows:
        yield ("\t".join(cells) + "\n").encode()


def _unpacked(path: Path) -> list[OfficialFile]:
    if path.suffix.lower() in _OTHER:
        return []
    with path.open("rb") as opened:
        archive = opened.read(len(_ZIP)) == _ZIP
    if not archive:
        return [OfficialFile(path)]
    try:
        with zipfile.ZipFile(path) as packed:
            members = [info for info in packed.infolist() if not info.is_dir()]
    except zipfile.BadZipFile as error:
        raise BadOfficialFile(str(path), f"the archive is damaged ({error})") from error
    if any(info.filename == "xl/workbook.xml" for info in members):
        return [OfficialFile(path, workbook=True)]
    found = []
    for info in sorted(members, key=lambda info: info.filename):
        where = f"{path}: {info.filename}"
        suffix = Path(info.filename).suffix.lower()
        if suffix in _OTHER or Path(info.filename).name.startswith(".") or info.filename.startswith("__MACOSX"):
            continue
        if suffix == ".zip":
            raise BadOfficialFile(where, "is an archive inside an archive", "unpack the outer one and give the inner")
        if info.file_size > _LARGEST:
            raise BadOfficialFile(where, f"says it holds {info.file_size:,} bytes, more than any official file")
        found.append(OfficialFile(path, info.filename, workbook=suffix in {".xlsx", ".xlsm"}))
    return found


def _member(path: Path, name: str) -> IO[bytes]:
    # The archive is closed with the member: zipfile counts those who read from it.
    with zipfile.ZipFile(path) as packed:
        return packed.open(name)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    # A cell that was formatted as a date comes with midnight.
    return re.sub(r"^(\d{4})-(\d\d)-(\d\d) 00:00:00$", r"\1\2\3", text)
