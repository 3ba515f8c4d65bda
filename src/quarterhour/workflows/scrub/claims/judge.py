"""The second step for claims: judge a part, and write what was found as findings about visits are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from quarterhour.domain.code import code_number
from quarterhour.domain.columns import ABSENT
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.json import dumps
from quarterhour.engine.findings import CONFIDENCES
from quarterhour.engine.run import Unchecked
from quarterhour.workflows.check_claims import judged
from quarterhour.workflows.claim_visits import NO_RECORD, judged_on_claims
from quarterhour.workflows.given_claims import GivenClaim, billed
from quarterhour.workflows.held_claims import HeldClaim, Said
from quarterhour.workflows.scrub.claims.shelf import taken
from quarterhour.workflows.scrub.deal import FILE_SPAN
from quarterhour.workflows.scrub.judge import NO_PROVIDER
from quarterhour.workflows.scrub.kept import RECURRING, TEXTS, Done, Judged, Sums, done_file, keep
from quarterhour.workflows.scrub.steps import once
from quarterhour.workflows.scrub.ways import Ways

_NO_PAYER: Final = "not known"


class JudgedClaims(Judged, frozen=True):
    """What a part of the claims came to; ``visits`` and ``left_out`` by the place of the file among all."""

    claims: int
    not_checked: list[Unchecked]
    visits: dict[int, int]
    left_out: dict[int, dict[str, int]]


class _Counts:
    """What is counted of the claims of a part, judged or not."""

    def __init__(self) -> None:
        self.claims = self.without_charge = 0
        self.sums = Sums()
        self.payers: dict[str, Sums] = {}
        self.providers: dict[str, Sums] = {}
        self.visits: Counter[int] = Counter()
        self.left_out: dict[int, Counter[str]] = {}

    def add(self, given: GivenClaim, file: int, payer: str, visits: int, left_out: dict[str, int]) -> None:
        """Take in a claim. The lines of one that is not alone are counted as those of its visits."""
        self.claims += 1
        self.visits[file] += visits
        reasons = self.left_out.setdefault(file, Counter())
        reasons.update(given.left_out)
        reasons.update(left_out)
        lines = len(given.claim.lines) + len(given.left_out) if given.alone else 0
        for sums in (
            self.sums,
            self.payers.setdefault(payer, Sums()),
            self.providers.setdefault(_provider(given), Sums()),
        ):
            sums.visits += visits
            sums.lines += lines
            sums.charge += _charge(given)
        self.without_charge += sum(line.charge is None for line in given.claim.lines) if given.alone else 0


def judge_claims_part(part: int, files: Sequence[Path], folder: Path, ways: Ways) -> Done:
    """Judge the claims of some patients; nothing is done where that was done before."""
    name = f"found-claims-{part:05d}"
    return once(done_file(folder, name), Done, lambda: _judge(name, part, files, folder, ways))


def _judge(name: str, part: int, files: Sequence[Path], folder: Path, ways: Ways) -> Done:
    can, cannot = judged_on_claims(ways.entries)
    counts, held = _Counts(), []
    for begin, given in taken(files, part):
        found = billed(given, ways.policy, ways.payer)
        payer = found.claim.payer if found.claim else _NO_PAYER
        counts.add(given, begin // FILE_SPAN, payer, len(found.visits), dict(found.left_out))
        if found.claim is not None:
            held.append(HeldClaim(begin, given, found.claim, found.visits))
    said, unjudged = judged(held, can, ways.policy, ways.today)
    if visits := counts.visits.total():
        unjudged += [Unchecked(entry.code, NO_RECORD, visits) for entry in cannot]
    said = sorted(said, key=lambda one: one.key)
    of_part = JudgedClaims(
        sums=counts.sums,
        payers=counts.payers,
        providers=counts.providers,
        without_charge=counts.without_charge,
        unjudged=[],
        slips=[],
        slip_count=0,
        claims=counts.claims,
        not_checked=unjudged,
        visits=dict(counts.visits),
        left_out={file: dict(reasons) for file, reasons in counts.left_out.items()},
    )
    return keep(folder, name, of_part, _columns(said, ways))


def _columns(said: Sequence[Said], ways: Ways) -> dict[str, Any]:
    """Findings as columns."""
    rules = {entry.code: place for place, entry in enumerate(ways.entries)}
    rows = []
    for one in said:
        given, finding, at = one.of.given, one.finding, one.of.given.at.where(one.subject)
        place = one.of.input + given.order - 1
        stands = at.get("segment") or at.get("line")
        rows.append(
            {
                "place": place,
                "row": place if stands is None else one.of.input + stands - 1,
                "visit_id": finding.visit_id,
                "rule": rules[finding.rule],
                "severity": SEVERITIES.index(finding.severity),
                "confidence": CONFIDENCES.index(finding.confidence),
                "number": ABSENT if one.line is None else one.line,
                "code": ABSENT if finding.code is None else code_number(finding.code),
                "message": finding.message,
                "numbers": dumps(finding.numbers),
                "payer": one.of.claim.payer,
                "provider": _provider(given),
                "line_charge": _line_charge(one),
                "visit_charge": _charge(given),
                "claim_id": given.claim.patient_control_number,
                "loop": at.get("loop"),
                "at": at.get("element") or at.get("expression"),
            }
        )
    return {name: _column(name, [row[name] for row in rows]) for name in _COLUMNS}


_COLUMNS: Final = (
    "place", "row", "visit_id", "rule", "severity", "confidence", "number", "code", "message", "numbers", "payer",
    "provider", "line_charge", "visit_charge", "claim_id", "loop", "at",
)  # fmt: skip


def _column(name: str, values: list[Any]) -> Any:
    if name in TEXTS:
        return pa.array(values, pa.string())
    return pa.array(values, pa.string()).dictionary_encode() if name in RECURRING else np.array(values, dtype=np.int64)


def _provider(given: GivenClaim) -> str:
    """Who is answered for: who renders, else who bills."""
    claim = given.claim
    named = (claim.rendering_provider, claim.billing_provider)
    return next((who.npi for who in named if who and who.npi), NO_PROVIDER)


def _line_charge(said: Said) -> int:
    line = said.subject.line
    return 0 if line is None or not said.of.given.alone else max(0, said.of.claim.lines[line].charge or 0)


def _charge(given: GivenClaim) -> int:
    """What the lines of a claim charge, in cents; those of one that is not alone are charged by its visits."""
    return sum(max(0, line.charge or 0) for line in given.claim.lines) if given.alone else 0
