"""Files in, worklist out."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec

from quarterhour.interchange.errors import Defect
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.workflows.asked import Day, day_of, policy_of
from quarterhour.workflows.denials.causes import causes_of
from quarterhour.workflows.denials.given import Found, Given
from quarterhour.workflows.denials.items import Item
from quarterhour.workflows.denials.later import left_open, seen_again, settled
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.denials.read import Kept, digest_of, gone_through
from quarterhour.workflows.denials.report import Outcome, Read, answer_of
from quarterhour.workflows.denials.steps import Steps
from quarterhour.workflows.denials.wish import Order, Wish
from quarterhour.workflows.denials.worklist import Matched, Matching, Worklist, in_order
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.inputs import (
    NOTE,
    STANDARD_INPUT,
    Input,
    is_x12,
    is_x12_file,
    named_files,
    of_content,
    of_path,
)
from quarterhour.workflows.tables import mapping_of

if TYPE_CHECKING:
    from quarterhour.interchange.tabular import Mapping as Columns

#: The kinds of X12 that answer claims; one without a claim in it (an 835 of PLB alone) is an answer all the same.
_ANSWERS: Final = frozenset({"835", "277ca", "999", "997", "ta1"})


def denials(
    paths: str | Path | Sequence[str | Path],
    *,
    payer: str | None = None,
    today: Day = None,
    order: Order = "amount",
    every_line: bool = False,
    mapping: str | Path | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """What came back in files and folders, beside the claims or visits they answer; the keywords are :class:`Wish`'s.

    Raises:
        BadRequest, UnknownName: as :func:`denials_paths`.

    """
    wish = Wish(
        payer=payer, today=today, order=order, every_line=every_line, mapping=mapping, policy_folders=policy_folders
    )
    return denials_paths([paths] if isinstance(paths, str | Path) else paths, wish)


def holds_answers(answer: Mapping[str, Any]) -> bool:
    """Whether anything that answers claims was read."""
    return any(_ANSWERS & {one["kind"], *one.get("kinds", ())} for one in answer["inputs"])


def denials_paths(paths: Iterable[str | Path], wish: Wish) -> dict[str, Any]:
    """What came back in some files and folders: each line told apart, and a worklist of what is not paid.

    Raises:
        BadRequest: if standard input is named twice, a date or mapping cannot be read, or there is no such order.
        UnknownName: for a payer there are no terms of.

    """
    return _answered(wish, lambda policy, kept: _read(paths, policy, wish, kept))


def denials_contents(files: Sequence[tuple[str, bytes]], wish: Wish) -> dict[str, Any]:
    """As :func:`denials_paths`, of what was sent and is in no file: what its sender calls each, and its bytes."""
    return _answered(wish, lambda policy, kept: _read_contents(files, policy, wish, kept))


def _answered(wish: Wish, reading: Callable[[Policy, Kept], Read]) -> dict[str, Any]:
    policy, today = policy_of(wish.policy_folders), day_of(wish.today)
    if wish.payer is not None and wish.payer not in policy.payers:
        raise UnknownName("payer", wish.payer, policy.payers)
    if wish.order not in get_args(Order):
        raise BadRequest(f"order: expected {' or '.join(get_args(Order))}, got {wish.order!r}")
    kept = Kept(policy, wish.payer, every_line=wish.every_line)
    read = reading(policy, kept)
    kept.items += kept.batches.alone()
    given = Given(read.inputs, policy, wish.payer)
    every = [*kept.items, *kept.taken_back]
    rejected = Marks()
    for item in kept.items:
        if item.rejection and item.claim_id:
            rejected.add(item.claim_id)
    found = given.found({item.claim_id for item in every} - {""}, (kept.answered, rejected))
    seen = seen_again(kept, read.sources, found.given if given.some else None)
    answered_later = settled(seen, kept)
    done = {id(item) for item, _ in answered_later}
    items = [item for item in kept.items if id(item) not in done]
    items += [item for item in kept.taken_back if left_open(item, kept)]
    rows = _rows(items, given, found, policy, wish, today)
    return answer_of(read, kept, Outcome(rows, answered_later, seen, found.not_answered, given.some), policy, today)


def _rows(
    items: Sequence[Item], given: Given, found: Found, policy: Policy, wish: Wish, today: dt.date
) -> list[dict[str, Any]]:
    """The worklist, with what our rules say of the claims."""
    matching = Matching(found.by_id, some=given.some)
    matches: list[Matched] = [matching.of(item) for item in items]
    days: dict[tuple[int, int], set[dt.date]] = {}
    for item, match in zip(items, matches, strict=True):
        for sent in match.beside:
            days.setdefault((sent.input, sent.order), set()).add(item.answered_on or today)
    causes = causes_of(given, found, days, policy, wish, today)
    worklist = Worklist(Steps(policy, today), causes, today, policy.denials.near(today), wish.payer)
    return in_order([worklist.row(item, match) for item, match in zip(items, matches, strict=True)], wish.order)


def _read(paths: Iterable[str | Path], policy: Policy, wish: Wish, kept: Kept) -> Read:
    """All files: X12 gone through once, the others read as a check reads them; the same file twice is read once."""
    mapping = mapping_of(wish.mapping)
    names, walked, aside = named_files(paths, policy, mapping)
    read = Read([], [], [], sorted(aside))
    known: set[bytes] = set()
    for name in names:
        source: str | bytes = sys.stdin.buffer.read() if name == STANDARD_INPUT else name
        try:
            if _again(source, known, name, read):
                continue
            if is_x12(source) if isinstance(source, bytes) else is_x12_file(Path(source)):
                _x12(name, source, policy, kept, read)
            else:
                _other(name, policy, mapping, wish, read, walked)
        except FileNotFoundError:
            read.refuse(name, Defect("no such file or folder"))
        except OSError as failed:
            read.refuse(name, Defect(f"cannot be read: {failed.strerror or type(failed).__name__}"))
    return read


def _read_contents(files: Sequence[tuple[str, bytes]], policy: Policy, wish: Wish, kept: Kept) -> Read:
    """As :func:`_read`; of two that are called the same the second is told apart, since its place is told by name."""
    mapping = mapping_of(wish.mapping)
    read = Read([], [], [], [])
    known: set[bytes] = set()
    named: Counter[str] = Counter()
    for called, content in files:
        named[called] += 1
        name = called if named[called] == 1 else f"{called} ({named[called]})"
        if _again(content, known, name, read):
            continue
        if is_x12(content, Path(called)):
            _x12(name, content, policy, kept, read)
            continue
        one = of_content(content, policy, payer_needed=wish.payer is None, name=called, mapping=mapping)
        _take(msgspec.structs.replace(one, path=name), read, aside=False)
    return read


def _again(source: str | bytes, known: set[bytes], name: str, read: Read) -> bool:
    """Whether the same was read before, by whatever name.

    Raises:
        OSError: if it cannot be read.

    """
    digest = digest_of(source)
    if digest in known:
        read.skipped.append(name)
        return True
    known.add(digest)
    return False


def _x12(name: str, source: str | bytes, policy: Policy, kept: Kept, read: Read) -> None:
    """Go through a file of X12.

    Raises:
        OSError: if it cannot be read.

    """
    file, error = gone_through(name, source, policy, kept)
    read.inputs.append(Input(name, file.kind, claims=file))
    read.sources.append((name, source))
    if error is not None:
        read.refuse(name, Defect(error.message, None, error.line, error.column))


def _other(name: str, policy: Policy, mapping: Columns | None, wish: Wish, read: Read, walked: set[str]) -> None:
    """Visits, tables and FHIR; a note alone answers nothing and is left aside."""
    if name == STANDARD_INPUT:
        read.refuse(name, Defect("standard input is read as X12 alone"))
        return
    one = of_path(name, policy, payer_needed=wish.payer is None, mapping=mapping)
    _take(one, read, aside=name in walked)


def _take(one: Input, read: Read, *, aside: bool) -> None:
    """An input that is no X12; a note is left ``aside``, or told."""
    name = str(one.path)
    if one.kind == NOTE and aside:
        read.skipped.append(name)
    elif one.kind == NOTE:
        read.refuse(name, Defect("a note alone answers nothing and bills nothing"))
    else:
        read.inputs.append(one)
        for defect in one.reading.defects:
            read.refuse(name, defect)
