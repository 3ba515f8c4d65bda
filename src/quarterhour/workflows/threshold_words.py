"""What an accrual comes to, in sentences with its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Visit
from quarterhour.engine.accrual import Pace


def told(year: int, bucket: str, threshold: int, accrued: int, first: Visit | None, pace: Pace | None) -> Iterator[str]:
    """Where the patient stands, from which visit on KX is a question, and when at this pace."""
    rest = threshold - accrued
    if rest >= 0:
        yield f"{Cents(accrued)} of {Cents(threshold)} accrued in {year} ({bucket}); {Cents(rest)} are left"
    else:
        yield f"{Cents(accrued)} accrued in {year} ({bucket}), {Cents(-rest)} above the threshold of {Cents(threshold)}"
    if first is not None:
        yield (
            f"from the visit of {first.date_of_service} on, lines need KX to be paid, where the record shows that the "
            "services are necessary; a person decides that"
        )
    if pace is None:
        return
    yield (
        f"{Cents(pace.total)} in {pace.visits} {'visit' if pace.visits == 1 else 'visits'}: at that the "
        f"{_nth(pace.further)} further visit passes the threshold"
    )
    if pace.on is None:
        yield "visits of one day give no pace, so no date"
    elif pace.on.year > year:
        yield "at this pace that is not before the year ends; the count begins anew with the next"
    else:
        yield f"at this pace ({pace.days} days from first to last visit) that is about {pace.on}"


def not_judged(year: int, bucket: str, visits: int) -> str:
    """That nothing can be said of an account, because none of its visits has an amount."""
    whose = "the amount of its only visit is" if visits == 1 else f"the amounts of its {visits} visits are"
    return f"what has accrued in {year} ({bucket}) is not known: {whose} not held"


def _nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
