"""How often each provider says that services were distinct, by payer, against the others in the same records.

A modifier of distinctness (59 and its like) is a statement; a high rate of them is no fault. What is told beside the
rate is how many of them the record does not support. Of claims their visits are counted; what only a record has (times,
notes) they do not say, so fewer rules can find a modifier unsupported.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_columns
from quarterhour.policy import Policy
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.workflows.asked import DEFAULT_PAYER, FORMAT, Day, day_of, policy_of
from quarterhour.workflows.given_claims import Billed, billed
from quarterhour.workflows.inputs import Input, of_paths, of_values
from quarterhour.workflows.reading import readings
from quarterhour.workflows.report import defect_row
from quarterhour.workflows.superseded import superseded
from quarterhour.workflows.tables import mapping_of

IntArray = NDArray[np.int64]
_GROUP: Final = "distinct"
#: The indicator of an edit that a modifier may bypass.
_MAY_BYPASS: Final = 1
#: Columns of tables that name the lines a row is about.
_LINES: Final = frozenset({"line", "other_line", "column1_line"})
_CELL: Final = "own/reports:smallest_cell"


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of one provider's lines at one payer; ``edits_met`` are lines denied unless a modifier is on them."""

    provider: str | None
    payer: str
    visits: int
    lines: int
    with_modifier: int
    edits_met: int
    bypassed: int
    unsupported: int


def modifier_rates(
    visits: Any, *, payer: str | None = None, today: Day = None, policy_folders: Sequence[str | Path] = ()
) -> dict[str, Any]:
    """The rates in visit records that are Python values; ``payer`` is that of records which name none.

    Raises:
        BadRequest: for a path instead of records.
        UnknownName: for a payer there are no terms of.

    """
    inputs = [of_values(visits, payer_needed=payer is None)]
    return _answer(inputs, payer, day_of(today), policy_of(policy_folders))


def modifier_rates_paths(
    paths: Iterable[str | Path],
    *,
    payer: str | None = None,
    today: Day = None,
    policy_folders: Sequence[str | Path] = (),
    mapping: str | Path | None = None,
) -> dict[str, Any]:
    """The rates in the visit records and claims of files and folders, as of :func:`modifier_rates`.

    ``mapping`` says which column of a table is which. A claim that another replaces or voids is not counted.
    """
    policy = policy_of(policy_folders)
    inputs, _ = of_paths(paths, policy, payer_needed=payer is None, mapping=mapping_of(mapping))
    return _answer(inputs, payer, day_of(today), policy)


def _answer(inputs: Sequence[Input], payer: str | None, today: dt.date, policy: Policy) -> dict[str, Any]:
    visits = [one.visit for given in inputs for one in given.reading.visits]
    claims, billed_visits, left_out = _of_claims(inputs, policy, payer)
    visits += billed_visits
    cell = policy.parameter(_CELL).on(today).value
    counted = _counted(visits, policy, payer or DEFAULT_PAYER, today) if visits else []
    return {
        "format": FORMAT,
        "modifiers": list(policy.modifiers.texts(policy.modifiers.bits(_GROUP))),
        "smallest_cell": cell,
        "rows": [_row(one, counted, cell) for one in counted],
        "rules": [entry.code for entry in _unsupporting(policy)],
        "visits": len(visits) - len(billed_visits),
        "claims": claims,
        "left_out": [{"reason": reason, "lines": lines} for reason, lines in left_out.items()],
        "errors": [{"path": given.path, **defect_row(defect)} for given in inputs for defect in given.reading.defects],
    }


def _of_claims(inputs: Sequence[Input], policy: Policy, payer: str | None) -> tuple[int, list[Visit], Counter[str]]:
    """How many claims there are, the visits they bill, and why lines of them are not counted, with their number."""
    left_out: Counter[str] = Counter()
    found: list[Billed] = []
    count = 0
    for one in inputs:
        for given in one.given.given() if one.given else ():
            count += 1
            found.append(billed(given, policy, payer))
            left_out.update(given.left_out)
            left_out.update(dict(found[-1].left_out))
    known = [one for one in found if one.claim is not None]
    before = superseded([one.claim for one in known if one.claim is not None])
    kept = (one for place, one in enumerate(known) if place not in before)
    return count, [visit.visit for one in kept for visit in one.visits], left_out


def _unsupporting(policy: Policy) -> list[Entry]:
    """The rules that say of such a modifier that the record does not support it."""
    distinct = policy.modifiers.bits(_GROUP)
    return [
        entry
        for entry in catalogue()
        if entry.rule.kind == "modifier_unsupported"
        and entry.rule.modifiers
        and not policy.modifiers.bits(*entry.rule.modifiers) & ~distinct
    ]


def _counted(visits: Sequence[Visit], policy: Policy, payer: str, today: dt.date) -> list[Rate]:
    columns = to_columns(Visit, visits)
    _, judgement = judge_columns(columns, policy, payer, today, _unsupporting(policy), readings(visits))
    facts = judgement.facts
    lines, pairs = facts.line, facts.pair
    carries = lines.billed & ((lines.modifiers & policy.modifiers.bits(_GROUP)) != 0)
    met, bypassed, unsupported = (np.zeros(lines.visit.size, dtype=np.bool_) for _ in range(3))
    open_ = pairs.indicator == _MAY_BYPASS
    met[pairs.line[open_]] = True
    bypassed[pairs.line[open_ & (pairs.bypass1 | pairs.bypass2)]] = True
    for verdict in judgement.verdicts:
        # A finding about two lines stands on one of them, and the modifier may be on the other.
        table = getattr(facts, verdict.entry.rule.over)
        for name in _LINES.intersection(table.__struct_fields__):
            rows = getattr(table, name)[verdict.hits.rows]
            unsupported[rows[rows != ABSENT]] = True
    keys = [(_provider(visit), visit.payer or payer) for visit in visits]
    number = {key: place for place, key in enumerate(sorted(set(keys), key=_order))}
    of = np.array([number[key] for key in keys], dtype=np.int64)
    at = of[lines.visit]

    def count(which: NDArray[np.bool_]) -> list[int]:
        found: list[int] = np.bincount(at[which], minlength=len(number)).tolist()
        return found

    columns_of = zip(
        np.bincount(of, minlength=len(number)).tolist(),
        count(lines.billed),
        count(carries),
        count(met & lines.billed),
        count(bypassed & lines.billed),
        count(unsupported & carries),
        strict=True,
    )
    return [
        Rate(
            provider=provider,
            payer=at_payer,
            visits=seen,
            lines=billed,
            with_modifier=carrying,
            edits_met=edits,
            bypassed=passed,
            unsupported=without,
        )
        for (provider, at_payer), (seen, billed, carrying, edits, passed, without) in zip(
            number, columns_of, strict=True
        )
    ]


def _provider(visit: Visit) -> str | None:
    """Who treated, by number; a name is not repeated in a table."""
    return visit.therapist.npi if visit.therapist else None


def _order(key: tuple[str | None, str]) -> tuple[str, str]:
    return key[0] or "", key[1]


def _row(one: Rate, counted: Sequence[Rate], cell: int) -> dict[str, Any]:
    peers = [
        share
        for other in counted
        if other.payer == one.payer and other.provider not in {one.provider, None}
        if (share := _percent(other.with_modifier, other.lines, cell)) is not None
    ]
    return {
        **msgspec.structs.asdict(one),
        "rate": _percent(one.with_modifier, one.lines, cell),
        "bypassed_share": _percent(one.bypassed, one.edits_met, cell),
        "unsupported_share": _percent(one.unsupported, one.with_modifier, cell),
        "peers": len(peers),
        "peer_median": round(statistics.median(peers), 1) if peers else None,
    }


def _percent(part: int, whole: int, cell: int) -> float | None:
    """The share in percent, None where it would be one of too few lines."""
    return round(100 * part / whole, 1) if whole >= cell else None
