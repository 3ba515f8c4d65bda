"""Files in, worklist out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

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
from quarterhour.workflows.inputs import NOTE, STANDARD_INPUT, Input, is_x12, is_x12_file, named_files, of_path
from quarterhour.workflows.tables import mapping_of

if TYPE_CHECKING:
    from quarterhour.interchange.tabular import Mapping


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


def denials_paths(paths: Iterable[str | Path], wish: Wish) -> dict[str, Any]:
    """What came back in some files and folders: each line told apart, and a worklist of what is not paid.

    Raises:
        BadRequest: if standard input is named twice, a date or mapping cannot be read, or there is no such order.
        UnknownName: for a payer there are no terms of.

    """
    policy, today = policy_of(wish.policy_folders), day_of(wish.today)
    if wish.payer is not None and wish.payer not in policy.payers:
        raise UnknownName("payer", wish.payer, policy.payers)
    if wish.order not in get_args(Order):
        raise BadRequest(f"order: expected {' or '.join(get_args(Order))}, got {wish.order!r}")
    kept = Kept(policy, wish.payer, every_line=wish.every_line)
    read = _read(paths, policy, wish, kept)
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
            digest = digest_of(source)
            if digest in known:
                read.skipped.append(name)
                continue
            known.add(digest)
            if not (is_x12(source) if isinstance(source, bytes) else is_x12_file(Path(source))):
                _other(name, policy, mapping, wish, read, walked)
                continue
            file, error = gone_through(name, source, policy, kept)
        except FileNotFoundError:
            read.refuse(name, Defect("no such file or folder"))
            continue
        except OSError as failed:
            read.refuse(name, Defect(f"cannot be read: {failed.strerror or type(failed).__name__}"))
            continue
        read.inputs.append(Input(name, file.kind, claims=file))
        read.sources.append((name, source))
        if error is not None:
            read.refuse(name, Defect(error.message, None, error.line, error.column))
    return read


def _other(name: str, policy: Policy, mapping: Mapping | None, wish: Wish, read: Read, walked: set[str]) -> None:
    """Visits, tables and FHIR; a note alone answers nothing and is left aside."""
    if name == STANDARD_INPUT:
        read.refuse(name, Defect("standard input is read as X12 alone"))
        return
    one = of_path(name, policy, payer_needed=wish.payer is None, mapping=mapping)
    if one.kind == NOTE and name in walked:
        read.skipped.append(name)
    elif one.kind == NOTE:
        read.refuse(name, Defect("a note alone answers nothing and bills nothing"))
    else:
        read.inputs.append(one)
        for defect in one.reading.defects:
            read.refuse(name, defect)
