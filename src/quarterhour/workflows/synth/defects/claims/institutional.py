"""Defects of what only institutional claims have: revenue codes, type of bill, statement, occurrence codes."""

from __future__ import annotations

from collections.abc import Callable

from quarterhour.domain.claim import Line
from quarterhour.workflows.synth.defects.claims.contract import DAY, Billed, ClaimDefect, MadeClaim, on_line, on_stay
from quarterhour.workflows.synth.defects.contract import DISCIPLINE_MODIFIERS

#: Codes of the plan's date, of the first day, of the onset, by discipline.
_PLAN, _START, _ONSET = ("29", "17", "30"), ("35", "44", "45"), ("11",)
#: General revenue codes of the disciplines, each in the place of another; evaluations; a clinic visit.
_OTHER_REVENUE = {"0420": "0430", "0424": "0434", "0430": "0420", "0434": "0424", "0440": "0420", "0444": "0424"}
_EVALUATION = {"0420": "0424", "0430": "0434", "0440": "0444"}
_CLINIC, _SHORT = "0510", "42"


def _line(
    revenue: Callable[[Line], str | None], what: str, also: tuple[str, ...] = (), term: str | None = None
) -> Callable[[Billed], MadeClaim | None]:
    """The revenue code of the first line changed, where the line is of a discipline and lends itself to it."""

    def make(billed: Billed) -> MadeClaim | None:
        line = billed.claim.lines[0]
        code = revenue(line)
        if billed.stay is None or code is None or not set(DISCIPLINE_MODIFIERS) & set(line.modifiers):
            return None
        if term is not None and not billed.asks(term):
            return None
        return on_line(billed, 0, what, also, revenue_code=code or None)

    return make


def _no_modifier(billed: Billed) -> MadeClaim | None:
    at = billed.plain()
    if billed.stay is None or at is None or not billed.asks("discipline_modifiers"):
        return None
    kept = tuple(one for one in billed.claim.lines[at].modifiers if one not in DISCIPLINE_MODIFIERS)
    if len(kept) == len(billed.claim.lines[at].modifiers) or kept:
        return None
    return on_line(billed, at, "no modifier under a therapy revenue code", ("MOD101", "CLM116"), modifiers=kept)


def _without(codes: tuple[str, ...], what: str) -> Callable[[Billed], MadeClaim | None]:
    """Occurrence codes left out."""

    def make(billed: Billed) -> MadeClaim | None:
        if billed.stay is None or not billed.asks("occurrence_codes"):
            return None
        kept = tuple((of, code) for of, code in billed.stay.codes if code[:2] not in codes)
        return on_stay(billed, what, codes=kept)

    return make


def _undated(billed: Billed) -> MadeClaim | None:
    if billed.stay is None:
        return None
    codes = tuple((of, code[:2] if code[:2] in _ONSET else code) for of, code in billed.stay.codes)
    return on_stay(billed, "an occurrence without a date", codes=codes)


def _starts_late(billed: Billed) -> MadeClaim | None:
    if billed.stay is None:
        return None
    day = billed.day + DAY
    codes = tuple((of, f"{code[:2]}:D8:{day:%Y%m%d}" if code[:2] in _START else code) for of, code in billed.stay.codes)
    return on_stay(billed, "a first treatment after the service", codes=codes)


def _reversed(billed: Billed) -> MadeClaim | None:
    return on_stay(billed, "a statement that ends before it begins", statement_to=billed.day - DAY)


def _outside(billed: Billed) -> MadeClaim | None:
    return on_stay(
        billed, "a line before the statement", statement_from=billed.day + DAY, statement_to=billed.day + 2 * DAY
    )


DEFECTS = (
    ClaimDefect("INS101", _line(lambda _: "", "no revenue code"), table_only=True),
    ClaimDefect("INS102", _line(lambda _: _SHORT, "a revenue code of two digits")),
    ClaimDefect("INS103", _line(lambda line: _OTHER_REVENUE.get(line.revenue_code or ""), "another's revenue code")),
    ClaimDefect("INS104", _line(lambda _: _CLINIC, "a revenue code of no therapy")),
    ClaimDefect("INS105", _no_modifier),
    ClaimDefect("INS106", _line(lambda line: _EVALUATION.get(line.revenue_code or ""), "an evaluation's revenue code")),
    ClaimDefect("INS108", lambda billed: on_stay(billed, "a type of bill that is not for it", facility="11")),
    ClaimDefect("INS109", _reversed),
    ClaimDefect("INS110", _outside),
    ClaimDefect("INS111", _without(_PLAN, "no date of the plan")),
    ClaimDefect("INS112", _without(_START, "no first day of treatment")),
    ClaimDefect("INS113", _without(_ONSET, "no onset")),
    ClaimDefect("INS114", _undated),
    ClaimDefect("INS115", _starts_late),
)
