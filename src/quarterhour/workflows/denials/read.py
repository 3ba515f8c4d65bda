"""The files that came back, gone through once: what they answer, what is work, and what has to be looked up again."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from quarterhour.domain.answer import AnsweredClaim
from quarterhour.domain.money import Cents
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.x12 import Chunk, stream
from quarterhour.interchange.x12.answers import Orphans, answers_of, orphans_of
from quarterhour.policy import Policy
from quarterhour.workflows.claim_file import ClaimFile, Scan
from quarterhour.workflows.denials.items import Item, is_work, item_of, taken_back
from quarterhour.workflows.denials.marks import Marks
from quarterhour.workflows.denials.rejections import (
    Batches,
    accepted_claims,
    rejected_claims,
    rejected_groups,
    rejected_interchanges,
    rejected_transactions,
)
from quarterhour.workflows.denials.standing import Judge, JudgedLine
from quarterhour.workflows.denials.totals import Totals

REMITTANCE: Final = "835"
_STATUSES: Final = "277CA"
_ACKNOWLEDGEMENTS: Final = frozenset({"999", "997"})
#: So many defects of a file are kept.
_MOST_DEFECTS: Final = 25
#: So many lines that do not add up are kept; all are counted.
_MOST_UNBALANCED: Final = 1000
_AT_ONCE: Final = 1 << 20


class Unbalanced(msgspec.Struct, frozen=True, gc=False):
    """A line, or a claim as a whole (0), whose charge is not what was paid and adjusted."""

    path: str
    segment: int
    claim_id: str
    line: int
    charge: Cents
    paid: Cents
    adjusted: Cents

    @property
    def difference(self) -> Cents:
        """What no code accounts for."""
        return Cents(self.charge - self.paid - self.adjusted)


class Kept:
    """What is kept of all files: the worklist, sums, and a mark of every claim answered.

    Memory is set by the worklist and by some tens of bytes a claim, not by the files.
    """

    def __init__(self, policy: Policy, payer: str | None, *, every_line: bool) -> None:
        """Begin with nothing."""
        self.policy, self.every_line = policy, every_line
        self.judge = Judge(policy, payer)
        self.items: list[Item] = []
        self.taken_back: list[Item] = []
        self.unbalanced: list[Unbalanced] = []
        self.provider_adjustments: list[dict[str, Any]] = []
        self.lines: list[tuple[str, AnsweredClaim, JudgedLine]] = []
        self.totals, self.batches = Totals(), Batches()
        self.counts: Counter[str] = Counter()
        self.orphans: list[tuple[str, Orphans]] = []
        self.answered, self.decided, self.accepted = Marks(), Marks(), Marks()
        #: Decisions by who answered and control number with their days, and by file, day, who and number with their
        #: places: which of two files of one day came first is known to nobody, so only the same file tells an order.
        self.standing, self.in_file = Marks(), Marks()

    def take(self, path: str, chunk: Chunk) -> None:
        """Take in a part of a file."""
        kind = chunk.kind.name
        if kind == REMITTANCE:
            self._remittance(path, chunk)
        elif kind == _STATUSES:
            self.counts["statuses"] += chunk.tables["statuses"].rows - chunk.tables["statuses"].carried
            self.items += rejected_claims(path, chunk.tables, self.policy.denials, self.batches)
            for claim_id, day in accepted_claims(chunk.tables, self.policy.denials):
                self.accepted.add(claim_id, day)
        elif kind in _ACKNOWLEDGEMENTS:
            self.counts["acknowledgements"] += chunk.tables["responses"].rows - chunk.tables["responses"].carried
            self.items += rejected_transactions(path, chunk.tables, self.policy.denials)
            self.items += rejected_groups(path, chunk.tables, self.policy.denials, self.batches)
        if (told := chunk.tables.get("interchanges")) is not None:
            self.counts["acknowledgements"] += told.rows - told.carried
            self.items += rejected_interchanges(path, told, self.policy.denials)

    def _remittance(self, path: str, chunk: Chunk) -> None:
        known = self.policy.denials.remarks
        for claim in answers_of(chunk.tables):
            judged = self.judge.judged(claim)
            self.totals.add(claim, judged)
            self._mark(path, claim)
            payer = self.judge.payer_of(claim)
            for one in judged:
                if one.line.rest:
                    self._unbalanced(path, claim, one)
                if is_work(one):
                    self.items.append(item_of(path, claim, one, known, payer))
                if self.every_line:
                    self.lines.append((path, claim, one))
        alone = orphans_of(chunk.tables)
        if alone.lines:
            self.orphans.append((path, alone))
        self._provider(path, chunk)

    def _mark(self, path: str, claim: AnsweredClaim) -> None:
        day = claim.remitted_on.toordinal() if claim.remitted_on else 0
        self.answered.add(claim.patient_control_number, day)
        place = len(self.answered)
        if claim.is_reversal:
            if claim.paid < 0:
                self.taken_back.append(taken_back(path, claim, self.judge.payer_of(claim), place))
        else:
            who = self.judge.who(claim)
            self.standing.add(decision(who, claim.patient_control_number), day)
            self.in_file.add(decision(who, claim.patient_control_number, f"{day} {path}"), place)
            self.decided.add(claim.patient_control_number, day)

    def _unbalanced(self, path: str, claim: AnsweredClaim, one: JudgedLine) -> None:
        self.counts["unbalanced"] += 1
        if len(self.unbalanced) < _MOST_UNBALANCED:
            line = one.line
            adjusted = Cents(sum(each.amount for each in line.adjustments))
            self.unbalanced.append(
                Unbalanced(
                    path, line.segment, claim.patient_control_number, line.number, line.charge, line.paid, adjusted
                )
            )

    def _provider(self, path: str, chunk: Chunk) -> None:
        table = chunk.tables["provider_adjustments"]
        for place, row in enumerate(table.records()):
            if place >= table.carried:
                told = {name: row[name] for name in ("segment", "reason", "reference")}
                self.provider_adjustments.append({"path": path, **told, "amount": str(Cents(row["amount"]))})


def decision(who: str, claim_id: str, where: str = "") -> str:
    """What a decision of a payer is marked by; nothing that X12 holds as text has the sign that parts it."""
    return f"{who}\0{claim_id}\0{where}"


def gone_through(name: str, source: str | bytes, policy: Policy, kept: Kept) -> tuple[ClaimFile, Unreadable | None]:
    """A file of X12 taken in part by part: what was counted, and why the rest could not be read if so it was.

    Raises:
        OSError: if the file cannot be read.

    """
    scan = Scan(source, policy, _MOST_DEFECTS)
    try:
        for chunk in scan.chunks():
            kept.take(name, chunk)
    except Unreadable as error:
        return scan.found(), error
    return scan.found(), None


def digest_of(source: str | bytes) -> bytes:
    """The same for files of the same bytes, whatever their names."""
    digest = hashlib.blake2b(digest_size=16)
    if isinstance(source, bytes):
        digest.update(source)
    else:
        with open(source, "rb") as file:  # noqa: PTH123 - as everywhere sources are named by text
            while piece := file.read(_AT_ONCE):
                digest.update(piece)
    return digest.digest()


def again(sources: Iterable[tuple[str, str | bytes]]) -> Iterator[tuple[str, AnsweredClaim]]:
    """The claims of remittances once more, for what could not be known the first time; what is spoilt ends a file."""
    for name, source in sources:
        try:
            for chunk in stream(source, snip=0):
                if chunk.kind.name == REMITTANCE:
                    yield from ((name, claim) for claim in answers_of(chunk.tables))
        except Unreadable:
            continue
