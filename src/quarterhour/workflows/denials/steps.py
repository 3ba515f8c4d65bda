"""What to do about a line that was not paid: which way, until when, by whom, and whether the patient may be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.answer import WORK
from quarterhour.domain.money import Cents
from quarterhour.domain.period import months_after
from quarterhour.policy import Policy
from quarterhour.policy.denials import Advice, Reason
from quarterhour.policy.source import Source
from quarterhour.workflows.asked import according_to, iso
from quarterhour.workflows.denials.items import Item
from quarterhour.workflows.denials.standing import JudgedReason

_NO_APPEAL: Final = "no-appeal"
_OWES_NOTHING: Final = "patient-owes-nothing"
_NOT_IN_TABLE: Final = (
    "Read the code in the payer's own list: our table does not have it, so nothing is said of its cause."
)
_NO_CODE: Final = "Ask the payer: the remittance gives no code for this amount."
_FILING: Final = ("timely_filing", "timely_filing_months", "timely_filing_days")
#: Why a day is not known.
_NO_PAYER: Final = "whose terms hold is not told"
_NOT_HELD: Final = "the payer's time for this is not in our tables; its contract or notice tells it"
_NO_START: Final = "the answer has no date it could be counted from"


class Way(msgspec.Struct, frozen=True):
    """A way that is open, and until when; ``by`` is None where that is not known, and ``why`` says why not."""

    way: str
    by: dt.date | None
    why: str = ""
    source: Source | None = None
    evidence: str | None = None

    def row(self, today: dt.date) -> dict[str, Any]:
        """As the contract has it."""
        told = {"way": self.way, "by": iso(self.by), "passed": None if self.by is None else self.by < today}
        if self.by is None or self.source is None:
            return told | {"reason": self.why}
        return told | according_to(self.source, self.evidence)


class Steps:
    """Says what to do, by the tables of the policy."""

    def __init__(self, policy: Policy, today: dt.date) -> None:
        """``today`` is the day deadlines are held against."""
        self._policy, self._today = policy, today
        self._cited: dict[tuple[tuple[str, str], ...], list[dict[str, Any]]] = {}

    def reason_of(self, item: Item) -> Reason | None:
        """What our table has on the code of the largest amount."""
        main = item.answer.main if item.answer else None
        return main.reason if main else None

    def rules(self, item: Item) -> tuple[str, ...]:
        """The rules of ours that catch the cause: those a remark (or status) names, else those of the reason."""
        if item.rejection:
            named = [rule for one in item.rejection.known for rule in one.rules]
            return tuple(dict.fromkeys(named))
        remarks = item.answer.remarks if item.answer else ()
        named = [rule for _, remark in remarks if remark for rule in remark.rules]
        reason = self.reason_of(item)
        return tuple(dict.fromkeys(named or (reason.rules if reason else ())))

    def next(self, item: Item) -> tuple[str, str, str]:
        """What to do, which fact has to be true for it, and who does it."""
        if item.answer is None:
            advice = self._advice(item)
            return advice.next, "", advice.who
        reason = self.reason_of(item)
        if reason is None:
            return (_NOT_IN_TABLE if item.answer.main else _NO_CODE), "", "biller"
        return reason.next, reason.fact, reason.who

    def ways(self, item: Item) -> list[Way]:
        """The ways that are open, the one with the nearest day to come first."""
        found = [self._until(way, item) for way in self._open(item)]
        return sorted(found, key=lambda one: (one.by is None, one.by is not None and one.by < self._today, str(one.by)))

    def deadline(self, ways: Sequence[Way]) -> dt.date | None:
        """The nearest day to come; where all have passed, the last of them."""
        known = [one.by for one in ways if one.by is not None]
        ahead = [day for day in known if day >= self._today]
        return min(ahead) if ahead else max(known, default=None)

    def patient(self, item: Item, modifiers: Iterable[str]) -> tuple[str, str]:
        """Whether the patient may be asked for it: ``no``, ``stop``, ``with-notice`` or ``ask``; and why."""
        if item.standing in {"rejected", "unprocessable"}:
            return "no", "nothing was decided yet"
        if item.answer is None:
            return "no", "no code says that the patient owes it"
        if _OWES_NOTHING in _says(item):
            return "no", "a remark says that nothing may be asked of this patient"
        work = [one for one in item.answer.judged.reasons if one.standing in WORK]
        for one in work:
            if one.reason and _OWES_NOTHING in one.reason.says:
                return "no", f"code {one.adjustment.reason} is not billed to the patient, whatever its group"
        return self._by_group(item, work, modifiers)

    def _by_group(self, item: Item, work: Sequence[JudgedReason], modifiers: Iterable[str]) -> tuple[str, str]:
        """What the groups of the unpaid amounts say: one that is not the patient's outweighs one that is."""
        denials, day = self._policy.denials, item.answered_on or self._today
        patients, providers = denials.bears("patient", day), denials.bears("provider", day)
        groups = {one.adjustment.group for one in work}
        if patients is None or providers is None:
            return "no", f"who bore group {', '.join(sorted(groups))} on that day is not in our tables"
        if borne := groups & providers:
            return "no", f"group {', '.join(sorted(borne))}: the provider bears it{_apart(work, patients)}"
        if groups and groups <= patients:
            return _by_notice(denials.notices(item.payer, day), modifiers)
        named = ", ".join(sorted(groups - patients))
        return (
            "no",
            f"group {named} is not the patient's{_apart(work, patients)}"
            if named
            else "no code says that the patient owes it",
        )

    def sources(self, item: Item) -> list[dict[str, Any]]:
        """Who says what is said of it."""
        told: list[tuple[Source, str]] = []
        if item.answer is None:
            known = item.rejection.known if item.rejection else ()
            advice = self._advice(item)
            told = [*((one.source, one.evidence) for one in known), (advice.source, advice.evidence)]
        else:
            told = [(one.reason.source, one.reason.evidence) for one in item.answer.judged.reasons if one.reason]
            told += [(remark.source, remark.evidence) for _, remark in item.answer.remarks if remark]
            if (reason := self.reason_of(item)) and reason.cause:
                told.append((reason.cause_source, reason.cause_evidence))
        key = tuple(dict.fromkeys((source.id, evidence) for source, evidence in told))
        if key not in self._cited:
            # The same few stand behind thousands of lines, so they are one list.
            by_id = {source.id: source for source, _ in told}
            self._cited[key] = [according_to(by_id[name], evidence) for name, evidence in key]
        return self._cited[key]

    def _advice(self, item: Item) -> Advice:
        if item.rejection is None:
            return self._policy.denials.advice["taken-back"]
        return self._policy.denials.advice["batch" if item.rejection.whole else "claim"]

    def _open(self, item: Item) -> list[str]:
        """The ways the tables name, without those that a remark or the payer's terms shut."""
        if item.answer is None:
            return list(self._advice(item).ways)
        if item.standing == "unprocessable":
            return ["resubmit"]
        reason = self.reason_of(item)
        ways = list(reason.ways) if reason else []
        if _NO_APPEAL in _says(item):
            ways = [way for way in ways if way != "appeal"]
        day = item.answered_on or self._today
        if len(ways) > 1 and self._policy.denials.span("reopen", item.payer, day) is None:
            ways = [way for way in ways if way != "reopen"]
        elif "reopen" in ways:
            ways = [way for way in ways if way != "corrected-claim"]
        return ways

    def _until(self, way: str, item: Item) -> Way:
        if item.payer is None:
            return Way(way, None, _NO_PAYER)
        if way == "resubmit":
            return self._filing(item)
        if item.answered_on is None:
            return Way(way, None, _NO_START)
        span = self._policy.denials.span(way, item.payer, item.answered_on)
        if span is None:
            return Way(way, None, _NOT_HELD)
        months, days = (span.number, 0) if span.unit == "months" else (0, span.number)
        by = _later(item.answered_on, months, days)
        return Way(way, None, _NO_START) if by is None else Way(way, by, source=span.source, evidence=span.evidence)

    def _filing(self, item: Item) -> Way:
        """The payer's own time for filing, from the date of service."""
        served, payer = item.date_of_service, item.payer
        if served is None or payer is None:
            return Way("resubmit", None, _NO_START)
        terms = self._policy.payers.terms(payer, None, served.toordinal())
        holds, months, days = (terms.number(name) for name in _FILING)
        value = terms.value("timely_filing_months")
        if holds != 1 or months < 0 or value is None:
            return Way("resubmit", None, _NOT_HELD)
        by = _later(served, months, max(days, 0))
        return (
            Way("resubmit", None, _NO_START)
            if by is None
            else Way("resubmit", by, source=value.source, evidence=value.evidence)
        )


def _later(day: dt.date, months: int, days: int) -> dt.date | None:
    """A day so much later; None beyond the calendar's end, as of a date that only stands for none (9999-12-31)."""
    try:
        return months_after(day, months) + dt.timedelta(days=days)
    except (ValueError, OverflowError):
        return None


def _apart(work: Sequence[JudgedReason], patients: frozenset[str]) -> str:
    """How much of the work is in a group of the patient's, where some is: it is asked for apart or not at all."""
    amount = Cents(sum(one.adjustment.amount for one in work if one.adjustment.group in patients))
    return f"; {amount} of it has a group of the patient's, to be told apart by hand" if amount else ""


def _says(item: Item) -> set[str]:
    """What the remarks of a line say beside their meaning."""
    remarks = item.answer.remarks if item.answer else ()
    return {word for _, remark in remarks if remark for word in remark.says}


def _by_notice(wanted: Sequence[str] | None, modifiers: Iterable[str]) -> tuple[str, str]:
    """What group PR comes to where a payer wants a notice; ``wanted`` is None for one who has no such rule."""
    if wanted is None:
        return "ask", "group PR: the plan's own terms decide"
    if not wanted:
        return "stop", "group PR, but which notice the payer wanted on that day is not in our tables"
    held = sorted(set(wanted) & set(modifiers))
    if held:
        return "with-notice", f"group PR, and the line carries {', '.join(held)}: only if the signed notice is on file"
    lacking = ", ".join(wanted)
    return "stop", f"group PR, but the line carries none of {lacking}: without a notice the patient is not billed"
