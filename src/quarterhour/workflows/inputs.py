"""The files somebody names: folders walked, standard input read, each file by itself, none stopping the others."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from quarterhour.interchange.decode import decoded, looks_like_json
from quarterhour.interchange.errors import Defect, NotFhir, Unreadable
from quarterhour.interchange.visit_json import Reading, read, read_values
from quarterhour.policy import Policy
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.tables import (
    ClaimTable,
    claims_of_table,
    is_of_claims,
    is_table,
    is_table_file,
    kind_of,
    read_claim_table,
    read_table,
)

if TYPE_CHECKING:
    from quarterhour.interchange.fhir.reader import FhirFile
    from quarterhour.interchange.tabular import Mapping
    from quarterhour.workflows.claim_file import ClaimFile
    from quarterhour.workflows.given_claims import Claims

STANDARD_INPUT: Final = "-"
NOTE: Final = "note"
FHIR: Final = "fhir"
_VISIT: Final = "visit"
#: What claim files are usually called. By content they go by any name; by such a name they are X12 or nothing.
X12_NAMES: Final = frozenset(
    {".x12", ".edi", ".837", ".837p", ".837i", ".835", ".277", ".277ca", ".999", ".997", ".ta1"}
)
_LINES: Final = frozenset({".jsonl", ".ndjson"})
#: Files that hold a note where they hold no JSON; so does standard input.
_NOTES: Final = frozenset({".txt", ".md"})
#: In a folder only these are looked at; a file named by itself is always read.
_IN_FOLDERS: Final = frozenset({".json", ".fhir", *_LINES, *_NOTES})
#: So much of a file is looked at to find out what it is.
_HEAD: Final = 1 << 16
#: Signs without which a file is no X12, so that its reader need not be loaded: ISA in three encodings, or a segment.
_MAY_BE_X12: Final = re.compile(
    rb"ISA|I\0S\0A|\xc9\xe2\xc1|(?:GS|ST|BHT|CLM|CLP|BPR|NM1|TA1|HL)[^A-Za-z0-9\s.,'\"(){}\[\]-]"
)
#: A sign without which a file is no FHIR, so that its reader need not be loaded.
MAY_BE_FHIR: Final = re.compile(rb'^\s*(?:\xef\xbb\xbf)?\s*[{\[].*?"resourceType"\s*:', re.DOTALL)
#: Texts about a folder rather than in it.
_ABOUT: Final = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing"})


class Input(msgspec.Struct, frozen=True):
    """One input as it was read. ``kind`` is None where nothing of it could be; ``path`` None for a Python value.

    ``note`` is the text of an input that is a note and nothing else; its visit is made from what the note states, and
    ``assumed`` is what had to be assumed for that. ``claims`` is what was counted in a file of X12, whose claims stay
    in the file; ``left_out`` why lines of it were not judged, with their number. ``fhir`` is what was read of a FHIR
    file, whose visits are also in ``reading``; ``table`` are the claims of a table of claim lines.
    """

    path: str | None
    kind: str | None
    reading: Reading = Reading((), ())
    note: str | None = None
    assumed: dict[str, str] = {}
    claims: ClaimFile | None = None
    claim_visits: int = 0
    left_out: dict[str, int] = {}
    fhir: FhirFile | None = None
    table: ClaimTable | None = None

    @property
    def visits(self) -> int:
        """How many visits it has, those of its claims included."""
        return len(self.reading.visits) + self.claim_visits

    @property
    def lines(self) -> int:
        """How many services its visits have, or lines its claims."""
        if self.claims:
            return self.claims.lines
        if self.table:
            return self.table.lines
        return sum(len(one.visit.services) for one in self.reading.visits) + (self.fhir.claim_lines if self.fhir else 0)

    @property
    def claim_count(self) -> int:
        """How many claims it has."""
        if self.claims:
            return self.claims.claims
        if self.table:
            return len(self.table.claims)
        return len(self.fhir.claims) if self.fhir else 0

    @property
    def given(self) -> Claims | None:
        """Its claims, None where it has none that are judged."""
        if self.claims and self.claims.has_claims:
            from quarterhour.workflows.claim_file import claims_of_x12

            return claims_of_x12(self.claims)
        if self.table and self.table.claims:
            return claims_of_table(self.table)
        if self.fhir and self.fhir.claims:
            from quarterhour.workflows.fhir_input import claims_of_fhir

            return claims_of_fhir(self.fhir)
        return None

    @property
    def notes(self) -> Iterator[str]:
        """The notes of its visits."""
        return (one.visit.note.text for one in self.reading.visits if one.visit.note and one.visit.note.text)


class _Needs(msgspec.Struct, frozen=True):
    """What records may lack: ``payer`` says that one without a payer is wrong, ``day`` dates those without a date."""

    payer: bool
    day: dt.date | None


def of_values(values: Sequence[Any] | Any, *, payer_needed: bool, day: dt.date | None = None) -> Input:
    """Visit records that are Python values; ``day`` is the date of service of those without one.

    Raises:
        BadRequest: for a path, which is ``check_paths``' to read.

    """
    if isinstance(values, str | bytes | os.PathLike):
        raise BadRequest("expected visit records, got a text; a file is read by the command, quarterhour check PATH")
    try:
        return Input(None, _VISIT, read_values(values, payer_needed=payer_needed, day=day))
    except Unreadable as error:
        return Input(None, None, _nothing(error))


def of_paths(
    paths: Iterable[str | Path], policy: Policy | None = None, *, payer_needed: bool, mapping: Mapping | None = None,
    day: dt.date | None = None,
) -> tuple[list[Input], list[str]]:  # fmt: skip
    """Read the files named, those in folders included; and the files of folders that were left aside.

    Aside go files whose names promise neither visits nor a note and whose content is no X12, and a note that a visit
    record among the inputs has as its own. Without a policy X12 is refused, as in :func:`of_path`. ``day`` is the date
    of service of records without one.

    Raises:
        BadRequest: if standard input is named twice.

    """
    names, walked, aside = named_files(paths, policy, mapping)
    inputs = [of_path(name, policy, payer_needed=payer_needed, mapping=mapping, day=day) for name in names]
    twice = _told_twice(inputs, walked)
    return [one for one in inputs if one.path not in twice], sorted([*aside, *twice])


def _told_twice(inputs: Sequence[Input], among: set[str]) -> set[str]:
    """The notes ``among`` the inputs that a visit record of them has as its own."""
    theirs = {note.strip() for one in inputs for note in one.notes} if among else set()
    return {str(one.path) for one in inputs if one.note and one.path in among and one.note.strip() in theirs}


def named_files(
    paths: Iterable[str | Path], policy: Policy | None = None, mapping: Mapping | None = None
) -> tuple[list[str], set[str], list[str]]:
    """The files named, those in folders by their paths; which of them came from folders, and what was left aside.

    Raises:
        BadRequest: if standard input is named twice.

    """
    named = [str(path) for path in paths]
    if named.count(STANDARD_INPUT) > 1:
        raise BadRequest("standard input can be read once")
    files: list[str] = []
    walked: set[str] = set()
    aside: list[str] = []
    for name in named:
        if name == STANDARD_INPUT or not Path(name).is_dir():
            files.append(name)
            continue
        for path in walk(Path(name)):
            named_so = path.suffix.lower() in _IN_FOLDERS and not _is_about(path)
            if named_so or is_table_file(path, mapping) or (policy and is_x12_file(path)):
                files.append(str(path))
                walked.add(str(path))
            else:
                aside.append(str(path))
    return files, walked, aside


def of_path(
    name: str, policy: Policy | None = None, *, payer_needed: bool, mapping: Mapping | None = None,
    day: dt.date | None = None,
) -> Input:  # fmt: skip
    """Read one file, ``-`` being standard input; what is wrong with it stands in the answer.

    Without a policy, whose code lists and payers claims are held against, a file of claims alone is refused.
    """
    try:
        return _of_source(name, policy, mapping, _Needs(payer_needed, day))
    except FileNotFoundError:
        return Input(name, None, Reading((), (Defect("no such file or folder"),)))
    except OSError as error:
        return Input(name, None, Reading((), (Defect(f"cannot be read: {error.strerror or type(error).__name__}"),)))
    except Unreadable as error:
        return Input(name, None, _nothing(error))


def of_content(
    content: bytes, policy: Policy | None = None, *, payer_needed: bool, name: str = STANDARD_INPUT,
    mapping: Mapping | None = None, day: dt.date | None = None,
) -> Input:  # fmt: skip
    """Read what was sent, as :func:`of_path` reads a file of that name; without a name, standard input."""
    try:
        if policy and is_x12(content, None if name == STANDARD_INPUT else Path(name)):
            return _of_x12(name, content, policy)
        return _of_content(name, content, policy, mapping, _Needs(payer_needed, day))
    except Unreadable as error:
        return Input(name, None, _nothing(error))


def of_contents(
    contents: Iterable[tuple[str, bytes]], policy: Policy, *, payer_needed: bool, day: dt.date | None = None
) -> tuple[list[Input], list[str]]:
    """Read what was sent with its names, as :func:`of_paths` reads a folder of such files; a name that stands twice is
    numbered.
    """
    inputs: list[Input] = []
    for given, content in contents:
        name, number = given, 2
        while any(one.path == name for one in inputs):
            name, number = f"{given} ({number})", number + 1
        one = of_content(content, policy, payer_needed=payer_needed, name=given, day=day)
        inputs.append(msgspec.structs.replace(one, path=name))
    twice = _told_twice(inputs, {str(one.path) for one in inputs} if len(inputs) > 1 else set())
    return [one for one in inputs if one.path not in twice], sorted(twice)


def _of_source(name: str, policy: Policy | None, mapping: Mapping | None, needs: _Needs) -> Input:
    """Read a file as what its content shows it to be; of a claim file no more is held than is looked at."""
    if name == STANDARD_INPUT:
        content = sys.stdin.buffer.read()
        if policy and is_x12(content):
            return _of_x12(name, content, policy)
    else:
        path = Path(name)
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if policy and is_x12(head, path):
            return _of_x12(name, name, policy)
        content = path.read_bytes()
    return _of_content(name, content, policy, mapping, needs)


def _of_content(name: str, content: bytes, policy: Policy | None, mapping: Mapping | None, needs: _Needs) -> Input:
    """Read what is no X12."""
    if MAY_BE_FHIR.search(content) and (found := _of_fhir(name, content, policy, needs)):
        return found
    if is_table(name, content, mapping):
        if policy and is_of_claims(content, mapping):
            return _of_claim_table(name, content, policy, mapping)
        return Input(name, *read_table(content, mapping, payer_needed=needs.payer, day=needs.day))
    return _read(name, content, needs)


def is_x12(head: bytes, path: Path | None = None) -> bool:
    """Whether a file that begins so is X12, or is none at all and has the name of one."""
    if _MAY_BE_X12.search(head):
        from quarterhour.interchange.x12.recognise import recognised

        if recognised(head):
            return True
    return path is not None and path.suffix.lower() in X12_NAMES


def is_x12_file(path: Path) -> bool:
    """As :func:`is_x12`, of a file of a folder; one that cannot be opened is left to the reader to tell."""
    try:
        with path.open("rb") as file:
            return is_x12(file.read(_HEAD), path)
    except OSError:
        return path.suffix.lower() in X12_NAMES


def _of_x12(name: str, source: str | bytes, policy: Policy) -> Input:
    from quarterhour.workflows.claim_file import scanned

    found = scanned(source, policy)
    return Input(name, found.kind, claims=found)


def _of_claim_table(name: str, content: bytes, policy: Policy, mapping: Mapping | None) -> Input:
    read = list(read_claim_table(content, mapping, policy.payers.__contains__))
    table = ClaimTable(
        tuple(claim for part, _ in read for claim in part.claims), tuple(rows for part, _ in read for rows in part.rows)
    )
    defects = tuple(defect for _, wrong in read for defect in wrong)
    return Input(name, kind_of(content), Reading((), defects), table=table)


def _of_fhir(name: str, content: bytes, policy: Policy | None, needs: _Needs) -> Input | None:
    """None where what looked like FHIR is none."""
    from quarterhour.workflows.fhir_input import fhir_reading

    lines = Path(name).suffix.lower() in _LINES
    try:
        reading = fhir_reading(content, policy, lines=lines, payer_needed=needs.payer, day=needs.day)
    except NotFhir:
        return None
    return Input(name, FHIR, reading, fhir=reading.file)


def _read(name: str, content: bytes, needs: _Needs) -> Input:
    """By content: what is no JSON in a place where notes are is a note."""
    suffix = Path(name).suffix.lower()
    if name == STANDARD_INPUT or suffix in _NOTES:
        text = decoded(content)
        if not looks_like_json(text):
            return Input(name, NOTE, note=text) if text.strip() else Input(name, _VISIT)
        try:
            return Input(name, _VISIT, read(content, payer_needed=needs.payer, day=needs.day))
        except Unreadable:
            # Some notes begin with a bracket, around a name that was taken out for instance.
            if suffix not in _NOTES or text.lstrip().startswith("{"):
                raise
            return Input(name, NOTE, note=text)
    return Input(name, _VISIT, read(content, lines=suffix in _LINES, payer_needed=needs.payer, day=needs.day))


def walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in order, hidden ones left out; links to folders are not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(at) / name for name in sorted(files) if not name.startswith("."))


def _is_about(path: Path) -> bool:
    return path.suffix.lower() in _NOTES and path.stem.lower() in _ABOUT


def _nothing(error: Unreadable) -> Reading:
    return Reading((), (Defect(error.message, None, error.line, error.column),))
