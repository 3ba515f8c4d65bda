"""Visits in, report out: what is wrong or unsupported, what could not be judged, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from quarterhour.domain.finding import SEVERITIES, Finding
from quarterhour.domain.json import dumps
from quarterhour.engine.run import Unchecked, judge_visits
from quarterhour.interchange.errors import Defect
from quarterhour.interchange.visit_json import Reading, ReadVisit
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import Entry, catalogue
from quarterhour.version import VERSION
from quarterhour.workflows.asked import FORMAT, Day, day_of, policy_of
from quarterhour.workflows.inputs import Input, of_paths, of_values

#: Stands for the default payer where every record names its own.
_UNUSED: Final = "medicare-b"


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How to check.

    ``payer`` is for records that name none; ``on`` replaces the dates of service; ``today`` is the day the judgement is
    made; ``select`` and ``ignore`` name rules by code, beginning of a code, or name.
    """

    payer: str | None = None
    on: Day = None
    today: Day = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    policy_folders: Sequence[str | Path] = ()


class _Placed(msgspec.Struct, frozen=True):
    """A visit in its input: which input, and the how-manieth visit of it, from 1."""

    input: int
    number: int
    read: ReadVisit


def check(
    records: Sequence[Mapping[str, Any]] | Mapping[str, Any],
    *,
    payer: str | None = None,
    on: Day = None,
    today: Day = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """Check one visit record, a list of them, or ``{"visits": [...]}`` (contract, section 4).

    The keywords are those of :class:`Wish`. A record that cannot be read stands under ``errors`` and is counted in
    ``summary``; the others are checked.

    Raises:
        BadRequest: for a path instead of records, or a date that is none.
        UnknownName: for a default payer or a rule there is not.

    """
    wish = Wish(payer=payer, on=on, today=today, select=select, ignore=ignore, policy_folders=policy_folders)
    return _report([of_values(records, payer_needed=payer is None)], [], wish)


def check_paths(paths: Iterable[str | Path], wish: Wish) -> dict[str, Any]:
    """Check the visit records of files and folders, ``-`` being standard input; as :func:`check`.

    ``skipped`` names the files of folders that were left aside, their names promising no visit records.
    """
    inputs, skipped = of_paths(paths, payer_needed=wish.payer is None)
    return _report(inputs, skipped, wish)


def _report(inputs: list[Input], skipped: list[str], wish: Wish) -> dict[str, Any]:
    policy, today = policy_of(wish.policy_folders), day_of(wish.today)
    if wish.payer is not None and wish.payer not in policy.payers:
        raise UnknownName("payer", wish.payer, policy.payers)
    entries = chosen(wish.select, wish.ignore)
    inputs = [_with_known_payers(one, policy) for one in inputs]
    placed = [
        _Placed(number, nth, read)
        for number, one in enumerate(inputs)
        for nth, read in enumerate(one.reading.visits, 1)
    ]
    visits = [at.read.visit for at in placed]
    if wish.on is not None:
        visits = [msgspec.structs.replace(visit, date_of_service=day_of(wish.on)) for visit in visits]
    outcome = judge_visits(visits, policy, wish.payer or _UNUSED, today, entries) if visits else None
    findings = _findings(inputs, placed, outcome.findings if outcome else [])
    return {
        "format": FORMAT,
        "tool": {
            "name": "quarterhour",
            "version": VERSION,
            "policy": {"hash": policy.digest, "as_of": policy.as_of()},
            "today": today.isoformat(),
        },
        "inputs": [_input(one) for one in inputs],
        "skipped": skipped,
        "findings": findings,
        "not_checked": _not_checked(outcome.not_checked if outcome else []),
        "errors": [{"path": one.path} | _defect(defect) for one in inputs for defect in one.reading.defects],
        "summary": _summary(inputs, findings),
    }


def chosen(select: Sequence[str], ignore: Sequence[str]) -> list[Entry]:
    """The rules of the catalogue that are selected (none named: all) and not ignored.

    Raises:
        UnknownName: for a word that is no rule and the beginning of none.

    """
    every = catalogue()

    def meant(words: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for word in words:
            hits = {e.code for e in every if e.code.startswith(word.strip().upper()) or e.name == word.strip().lower()}
            if not hits or not word.strip():
                known = [text for entry in every for text in (entry.code, entry.name)]
                raise UnknownName("rule or beginning of a rule", word, known)
            found |= hits
        return found

    wanted, unwanted = meant(select), meant(ignore)
    return [entry for entry in every if (not select or entry.code in wanted) and entry.code not in unwanted]


def _with_known_payers(one: Input, policy: Policy) -> Input:
    """Turn visits of payers there are no terms of into defects: without terms nothing can be said of them."""
    known: list[ReadVisit] = []
    defects: list[Defect] = []
    for read in one.reading.visits:
        payer = read.visit.payer
        if payer is None or payer in policy.payers:
            known.append(read)
            continue
        pointer = f"{read.pointer}/payer"
        place = one.reading.places([(read.document, pointer)]).get((read.document, pointer), (None, None))
        defects.append(Defect(_no_payer(payer, policy), pointer, *place))
    if not defects:
        return one
    reading = Reading(tuple(known), (*one.reading.defects, *defects), one.reading.documents)
    return msgspec.structs.replace(one, reading=reading)


def _no_payer(payer: str, policy: Policy) -> str:
    """The payer's name is not repeated: where a record goes astray, anything may stand there."""
    near = UnknownName("payer", payer, policy.payers).nearest
    return f"no such payer; did you mean {near!r}?" if near else f"no such payer; known are {', '.join(policy.payers)}"


def _findings(inputs: list[Input], placed: list[_Placed], found: list[list[Finding]]) -> list[dict[str, Any]]:
    """The findings as the contract has them, each with the file, pointer and line it is about."""
    rows: list[tuple[dict[str, Any], _Placed, str]] = []
    wanted: dict[int, set[tuple[int, str]]] = {}
    for at, of_visit in zip(placed, found, strict=True):
        for finding in of_visit:
            pointer = at.read.pointer + str(finding.where.get("pointer", ""))
            rows.append((_plain(finding), at, pointer))
            wanted.setdefault(at.input, set()).add((at.read.document, pointer))
    places = {number: inputs[number].reading.places(pointers) for number, pointers in wanted.items()}
    for row, at, pointer in rows:
        row["where"] |= {"path": inputs[at.input].path, "visit": at.number, "pointer": pointer}
        place = places[at.input].get((at.read.document, pointer))
        if place:
            row["where"] |= {"line": place[0], "column": place[1]}
    return [row for row, _, _ in rows]


def _plain(finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it, lists and not tuples, so that a report from Python is the command's."""
    found: dict[str, Any] = msgspec.json.decode(dumps(finding))
    return found


def _not_checked(unchecked: Iterable[Unchecked]) -> list[dict[str, Any]]:
    """Rule and reason once, with the number of visits."""
    visits: Counter[tuple[str, str]] = Counter()
    for one in unchecked:
        visits[one.rule, one.reason] += one.visits
    return [{"rule": rule, "reason": reason, "visits": number} for (rule, reason), number in sorted(visits.items())]


def _input(one: Input) -> dict[str, Any]:
    told = {"path": one.path, "kind": one.kind, "visits": len(one.reading.visits), "lines": one.lines}
    return told | {"defects": [_defect(defect) for defect in one.reading.defects]}


def _defect(defect: Defect) -> dict[str, Any]:
    return {"pointer": defect.pointer, "line": defect.line, "column": defect.column, "message": defect.message}


def _summary(inputs: list[Input], findings: list[dict[str, Any]]) -> dict[str, Any]:
    by_severity = Counter(finding["severity"] for finding in findings)
    return {
        "inputs": len(inputs),
        "visits": sum(len(one.reading.visits) for one in inputs),
        "lines": sum(one.lines for one in inputs),
        "findings": len(findings),
        "errors": sum(len(one.reading.defects) for one in inputs),
        "by_severity": {one: by_severity[one] for one in reversed(SEVERITIES) if by_severity[one]},
        "by_rule": dict(sorted(Counter(finding["rule"] for finding in findings).items())),
    }
