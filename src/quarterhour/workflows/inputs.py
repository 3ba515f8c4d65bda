"""The files somebody names: folders walked, standard input read, each file by itself, none stopping the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from quarterhour.interchange.decode import decoded, looks_like_json
from quarterhour.interchange.errors import Defect, Unreadable
from quarterhour.interchange.visit_json import Reading, read, read_values
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.tables import is_table, is_table_file, read_table

if TYPE_CHECKING:
    from quarterhour.interchange.tabular import Mapping

STANDARD_INPUT: Final = "-"
NOTE: Final = "note"
_VISIT: Final = "visit"
_LINES: Final = frozenset({".jsonl", ".ndjson"})
#: Files that hold a note where they hold no JSON; so does standard input.
_NOTES: Final = frozenset({".txt", ".md"})
#: In a folder only these are looked at; a file named by itself is always read.
_IN_FOLDERS: Final = frozenset({".json", *_LINES, *_NOTES})
#: Texts about a folder rather than in it.
_ABOUT: Final = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing"})


class Input(msgspec.Struct, frozen=True):
    """One input as it was read. ``kind`` is None where nothing of it could be; ``path`` None for a Python value.

    ``note`` is the text of an input that is a note and nothing else; its visit is made from what the note states, and
    ``assumed`` is what had to be assumed for that.
    """

    path: str | None
    kind: str | None
    reading: Reading = Reading((), ())
    note: str | None = None
    assumed: dict[str, str] = {}

    @property
    def lines(self) -> int:
        """How many services its visits have."""
        return sum(len(one.visit.services) for one in self.reading.visits)

    @property
    def notes(self) -> Iterator[str]:
        """The notes of its visits."""
        return (one.visit.note.text for one in self.reading.visits if one.visit.note and one.visit.note.text)


def of_values(values: Sequence[Any] | Any, *, payer_needed: bool) -> Input:
    """Visit records that are Python values.

    Raises:
        BadRequest: for a path, which is ``check_paths``' to read.

    """
    if isinstance(values, str | bytes | os.PathLike):
        raise BadRequest("expected visit records, got a text; a file is read by the command, quarterhour check PATH")
    try:
        return Input(None, _VISIT, read_values(values, payer_needed=payer_needed))
    except Unreadable as error:
        return Input(None, None, _nothing(error))


def of_paths(
    paths: Iterable[str | Path], *, payer_needed: bool, mapping: Mapping | None = None
) -> tuple[list[Input], list[str]]:
    """Read the files named, those in folders included; and the files of folders that were left aside.

    Aside go files whose names promise neither visits nor a note, and a note that a visit record among the inputs has
    as its own.

    Raises:
        BadRequest: if standard input is named twice.

    """
    named = [str(path) for path in paths]
    if named.count(STANDARD_INPUT) > 1:
        raise BadRequest("standard input can be read once")
    inputs: list[Input] = []
    walked: set[str] = set()
    aside: list[str] = []
    for name in named:
        if name != STANDARD_INPUT and Path(name).is_dir():
            for path in _walk(Path(name)):
                named_so = path.suffix.lower() in _IN_FOLDERS and not _is_about(path)
                if named_so or is_table_file(path, mapping):
                    inputs.append(of_path(str(path), payer_needed=payer_needed, mapping=mapping))
                    walked.add(str(path))
                else:
                    aside.append(str(path))
        else:
            inputs.append(of_path(name, payer_needed=payer_needed, mapping=mapping))
    theirs = {note.strip() for one in inputs for note in one.notes} if walked else set()
    twice = {str(one.path) for one in inputs if one.note and one.path in walked and one.note.strip() in theirs}
    return [one for one in inputs if one.path not in twice], sorted([*aside, *twice])


def of_path(name: str, *, payer_needed: bool, mapping: Mapping | None = None) -> Input:
    """Read one file, ``-`` being standard input; what is wrong with it stands in the answer."""
    try:
        content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        if is_table(name, content, mapping):
            return Input(name, *read_table(content, mapping, payer_needed=payer_needed))
        return _read(name, content, payer_needed=payer_needed)
    except FileNotFoundError:
        return Input(name, None, Reading((), (Defect("no such file or folder"),)))
    except OSError as error:
        return Input(name, None, Reading((), (Defect(f"cannot be read: {error.strerror or type(error).__name__}"),)))
    except Unreadable as error:
        return Input(name, None, _nothing(error))


def _read(name: str, content: bytes, *, payer_needed: bool) -> Input:
    """By content: what is no JSON in a place where notes are is a note."""
    suffix = Path(name).suffix.lower()
    if name == STANDARD_INPUT or suffix in _NOTES:
        text = decoded(content)
        if not looks_like_json(text):
            return Input(name, NOTE, note=text) if text.strip() else Input(name, _VISIT)
        try:
            return Input(name, _VISIT, read(content, payer_needed=payer_needed))
        except Unreadable:
            # Some notes begin with a bracket, around a name that was taken out for instance.
            if suffix not in _NOTES or text.lstrip().startswith("{"):
                raise
            return Input(name, NOTE, note=text)
    return Input(name, _VISIT, read(content, lines=suffix in _LINES, payer_needed=payer_needed))


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in order, hidden ones left out; links to folders are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at) / name for name in sorted(files) if not name.startswith("."))


def _is_about(path: Path) -> bool:
    return path.suffix.lower() in _NOTES and path.stem.lower() in _ABOUT


def _nothing(error: Unreadable) -> Reading:
    return Reading((), (Defect(error.message, None, error.line, error.column),))
