"""The arithmetic of a price, told step by step, and what somebody should know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from quarterhour.domain.money import Cents
from quarterhour.engine.price.day import UnitFee
from quarterhour.engine.price.fee import WHOLE, unrounded
from quarterhour.engine.price.payment import Payment, Shares
from quarterhour.policy.fee_schedule import FACTOR_PLACES, INDEX_PLACES, VALUE_PLACES, unscaled
from quarterhour.policy.source import Grade
from quarterhour.workflows.pricing import PricedDay, PricedLine

#: Places of a sum of relative values times indices times percentages.
_SUM_PLACES: Final = VALUE_PLACES + INDEX_PLACES + 2
_SURE: Final[tuple[Grade, ...]] = ("primary", "near-primary")


def factor_text(percent: int) -> str:
    """A percentage as the factor it is: 50 is ``0.5``, 100 is ``1``."""
    return _short(unscaled(percent, 2))


def unit_words(day: PricedDay, line: PricedLine, unit: UnitFee) -> str:
    """``97530 unit 2: 0.44 x 1.011 + ...``: the fee of a unit from its parts."""
    used = line.used
    if used is None:
        return ""
    indices = day.indices
    parts = (
        (used.work, indices.work, ""),
        (used.expense, indices.expense, "" if unit.expense_percent == WHOLE else f" × {unit.expense_percent}%"),
        (used.malpractice, indices.malpractice, ""),
    )
    summed = " + ".join(
        f"{unscaled(value, VALUE_PLACES)} × {unscaled(index, INDEX_PLACES)}{share}" for value, index, share in parts
    )
    adjusted = _short(unscaled(unrounded(used, indices, 1, unit.expense_percent), _SUM_PLACES))
    return (
        f"{line.asked.code} unit {unit.unit}: {summed} = {adjusted}; "
        f"× {unscaled(day.factor, FACTOR_PLACES)} = {Cents(unit.cents)}"
    )


def line_words(line: PricedLine) -> Iterator[str]:
    """What a line is allowed where that is not the sum of its units' fees."""
    if line.reason:
        yield f"{line.asked.code}: {line.reason}"
    elif line.allowed != line.fee:
        yield f"{line.asked.code}: the charge {line.asked.charge} is below the fee {Cents(line.fee)}, so it is allowed"


def payment_words(code: str, paid: Payment, shares: Shares, *, assisted: bool) -> str:
    """From the allowed amount of a line to its payment, each step with its sum."""
    steps = [f"{code}: allowed {Cents(paid.allowed)}"]
    if paid.deductible:
        steps.append(f"less deductible {Cents(paid.deductible)} leaves {Cents(paid.allowed - paid.deductible)}")
    steps.append(f"Medicare's {shares.medicare}% is {Cents(paid.share)}")
    if assisted and shares.assistant < WHOLE:
        steps.append(f"× {shares.assistant}% for the assistant is {Cents(paid.share - paid.assistant_reduction)}")
    if shares.sequestration:
        steps.append(f"less {shares.sequestration}% sequestration {Cents(paid.sequestration)}")
    return ", ".join(steps) + f": Medicare pays {Cents(paid.medicare)}, the patient owes {Cents(paid.patient)}"


def notes(day: PricedDay) -> Iterator[str]:
    """What somebody should know before relying on the amounts."""
    by = day.where.zip
    if by:
        yield f"ZIP code {by.zip} is placed by the CMS file of {by.as_of}"
        if by.shared:
            yield (
                f"parts of ZIP code {by.zip} lie in another locality; the nine-digit ZIP code decides, "
                "and --locality names it"
            )
    yield from dict.fromkeys(value.note for value in day.rests_on if value.note and value.evidence not in _SURE)
    if any(line.denied for line in day.lines):
        yield "who bears the charge of a denied line depends on the notice given to the patient; it is not counted"
    bare = sorted({line.asked.code for line in day.lines if line.values.facility is None and day.terms.facility})
    if bare:
        yield f"no facility amount exists for {', '.join(bare)}: paid at the office amount wherever it is furnished"


def full_words(lines: Sequence[PricedLine]) -> Iterator[str]:
    """Which unit is paid in full under the multiple procedure reduction, where another is not."""
    reduced = [unit for line in lines for unit in line.units if unit.expense_percent < WHOLE]
    if reduced:
        share = reduced[0].expense_percent
        yield (
            "multiple procedure reduction: of the day's always-therapy units one is paid in full, the one with the "
            f"highest practice expense; {len(reduced)} {'is' if len(reduced) == 1 else 'are'} paid with {share}% of it"
        )


def _short(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".")
