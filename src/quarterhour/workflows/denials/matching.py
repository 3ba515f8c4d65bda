"""Which line was answered: by its control number, else by what it asked for. What fits several is matched with none."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.workflows.denials.given import Sent, SentLine

NO_NUMBER: Final = "it names no patient control number"
NO_CLAIM: Final = "no claim given has this patient control number"
SEVERAL: Final = "several claims given have this patient control number, and nothing tells which was answered"
NO_LINE: Final = "no line of the claim, or more than one, fits what was answered"
NO_LINES: Final = "the claim was answered as a whole"
_THOUSANDTHS: Final = 1000
BY_CONTROL_NUMBER: Final = "line control number"
#: What lines are compared by, the surest first.
_STEPS: Final[tuple[tuple[str, ...], ...]] = (
    ("code", "modifiers", "date", "units", "charge"),
    ("code", "date", "units", "charge"),
    ("code", "modifiers", "date", "charge"),
    ("code", "date", "charge"),
    ("code", "modifiers", "date"),
    ("code", "date", "units"),
    ("date", "units", "charge"),
)
#: Where a remittance gives no date of service.
_UNDATED: Final[tuple[tuple[str, ...], ...]] = (("code", "modifiers", "units", "charge"), ("code", "units", "charge"))


class MatchedLine(msgspec.Struct, frozen=True, gc=False):
    """A line as it was sent, and what it was known by."""

    sent: SentLine
    by: str


class Namesakes:
    """All that was given under one patient control number, by what tells them apart."""

    def __init__(self, sent: Sequence[Sent]) -> None:
        """Look them up by the control numbers of their lines, and by charge."""
        self._visits = [one for one in sent if one.origin == "visit"]
        self._claims = [one for one in sent if one.origin == "claim"] or list(sent)
        self._by_number: dict[str, list[Sent]] = {}
        self._by_charge: dict[int, list[tuple[Sent, list[tuple[object, ...]]]]] = {}
        for one in self._claims if len(self._claims) > 1 else ():
            for number in {line.control_number for line in one.lines} - {""}:
                self._by_number.setdefault(number, []).append(one)
            self._by_charge.setdefault(int(one.charge), []).append((one, _asked_by(one)))

    def answered_by(self, claim: AnsweredClaim) -> tuple[Sent | None, str]:
        """The claim that was answered; else why there is none."""
        only = self.the_only()
        if only[1] != SEVERAL:
            return only
        lines = _asked(claim)
        alike = [one for one, asked in self._by_charge.get(int(claim.charge), ()) if asked == lines]
        for chosen in (self._numbered(claim), alike):
            if len(chosen) == 1:
                return chosen[0], ""
        return None, SEVERAL

    def the_only(self) -> tuple[Sent | None, str]:
        """The claim where there is but one, for an answer that tells nothing but its number; else why there is none."""
        if len(self._claims) == 1:
            return self._claims[0], ""
        return None, SEVERAL if self._claims else NO_CLAIM

    def beside(self, sent: Sent) -> tuple[Sent, ...]:
        """All that is asked about one that was answered: itself, and of a claim the visits it bills."""
        if sent.origin == "visit":
            return (sent,)
        billed = {(line.code, line.date_of_service) for line in sent.lines}
        return (
            sent,
            *(one for one in self._visits if any((line.code, line.date_of_service) in billed for line in one.lines)),
        )

    def _numbered(self, claim: AnsweredClaim) -> list[Sent]:
        """Those that have a control number of its lines; of several no more than two."""
        found: dict[int, Sent] = {}
        for number in {line.control_number for line in claim.lines} - {""}:
            found |= {id(one): one for one in self._by_number.get(number, ())[:2]}
            if len(found) > 1:
                break
        return list(found.values())


def matched_lines(claim: AnsweredClaim, sent: Sent) -> dict[int, MatchedLine]:
    """The lines of a claim by the number of the line in its answer.

    Lines are known by their control number, else by code, modifiers, date, units and charge as the payer says they were
    sent, the surest fit first. Lines of which several are the same in all this are taken in their order.
    """
    found: dict[int, MatchedLine] = {}
    answered = [line for line in claim.lines if line.number]
    numbered: dict[str, list[SentLine]] = {}
    for own in sent.lines:
        numbered.setdefault(own.control_number, []).append(own)
    for line in answered:
        same = numbered.get(line.control_number, []) if line.control_number else []
        if len(same) == 1:
            found.setdefault(line.number, MatchedLine(same[0], BY_CONTROL_NUMBER))
    for step in _STEPS:
        _match(step, [line for line in answered if line.date_of_service], sent, found)
    for step in _UNDATED:
        _match(step, [line for line in answered if not line.date_of_service], sent, found)
    return found


def same_lines(claim: Sent, visit: Sent) -> dict[int, int]:
    """The number of the service in a visit, by the number of the line of the claim it was billed on.

    They are numbered apart: a visit has services that are not billed, a claim those of several visits. Lines are known
    as :func:`matched_lines` knows them, but never without their code.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for step in (one for one in _STEPS if "code" in one):
        ours: dict[Hashable, list[SentLine]] = {}
        theirs: dict[Hashable, list[SentLine]] = {}
        for line in claim.lines:
            if line.number not in found:
                ours.setdefault(_of_sent(step, line), []).append(line)
        for line in visit.lines:
            if line.number not in taken:
                theirs.setdefault(_of_sent(step, line), []).append(line)
        for key, lines in ours.items():
            same = theirs.get(key, [])
            if len(same) == len(lines) and (len(same) == 1 or _interchangeable(same)):
                found.update((line.number, own.number) for line, own in zip(lines, same, strict=True))
                taken |= {own.number for own in same}
    return found


def changes(line: AnsweredLine, sent: SentLine | None) -> list[dict[str, Any]]:
    """What the payer judged otherwise than it was sent, by the claim, else by what the payer itself says was sent."""
    if sent is not None:
        pairs = {
            "code": (sent.code, line.code),
            "modifiers": (sorted(sent.modifiers), sorted(line.modifiers)),
            "units": (sent.units * _THOUSANDTHS, line.units),
        }
    else:
        pairs = {}
        if line.sent_code:
            pairs["code"] = (line.sent_code, line.code)
            pairs["modifiers"] = (sorted(line.sent_modifiers), sorted(line.modifiers))
        if line.sent_units is not None:
            pairs["units"] = (line.sent_units, line.units)
    return [
        {"what": what, "sent": _told(one), "answered": _told(other)}
        for what, (one, other) in pairs.items()
        if one != other and other is not None
    ]


def _match(step: Sequence[str], answered: Sequence[AnsweredLine], sent: Sent, found: dict[int, MatchedLine]) -> None:
    """Match the lines that are still alone and, in some things, the same on both sides."""
    taken = {id(one.sent) for one in found.values()}
    ours: dict[Hashable, list[SentLine]] = {}
    theirs: dict[Hashable, list[AnsweredLine]] = {}
    for line in sent.lines:
        if id(line) not in taken:
            ours.setdefault(_of_sent(step, line), []).append(line)
    for one in answered:
        if one.number not in found:
            theirs.setdefault(_of_answered(step, one), []).append(one)
    for key, lines in theirs.items():
        same = ours.get(key, [])
        if len(same) == len(lines) and (len(same) == 1 or _interchangeable(same)):
            by = _named(step)
            found.update((line.number, MatchedLine(own, by)) for line, own in zip(lines, same, strict=True))


def _interchangeable(lines: Sequence[SentLine]) -> bool:
    whole = _STEPS[0]
    return len({_of_sent(whole, line) for line in lines}) == 1


def _of_sent(step: Sequence[str], line: SentLine) -> Hashable:
    values: dict[str, Hashable] = {
        "code": line.code, "modifiers": frozenset(line.modifiers), "date": line.date_of_service,
        "units": line.units * _THOUSANDTHS, "charge": None if line.charge is None else int(line.charge),
    }  # fmt: skip
    return tuple(values[name] for name in step)


def _of_answered(step: Sequence[str], line: AnsweredLine) -> Hashable:
    """What the payer says was sent."""
    values: dict[str, Hashable] = {
        "code": line.asked_code,
        "modifiers": line.asked_modifiers,
        "date": line.date_of_service,
        "units": line.units if line.sent_units is None else line.sent_units,
        "charge": int(line.charge),
    }
    return tuple(values[name] for name in step)


def _asked(claim: AnsweredClaim) -> list[tuple[object, ...]]:
    lines = [line for line in claim.lines if line.number]
    return sorted(((line.asked_code, line.date_of_service) for line in lines), key=str)


def _asked_by(sent: Sent) -> list[tuple[object, ...]]:
    return sorted(((line.code, line.date_of_service) for line in sent.lines), key=str)


def _named(step: Sequence[str]) -> str:
    return f"{', '.join(step[:-1])} and {step[-1]}"


def units_told(value: int | None) -> int | str | None:
    """Thousandths as the contract has units: whole where they are."""
    if value is None:
        return None
    whole, rest = divmod(value, _THOUSANDTHS)
    return whole if not rest else f"{whole}.{rest:03d}".rstrip("0")


def _told(value: Any) -> Any:
    return units_told(value) if isinstance(value, int) else value
