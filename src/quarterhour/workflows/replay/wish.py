"""How to replay, and what every worker needs to know for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.replay.sides import Side, side_of
from quarterhour.workflows.scrub import ways as scrub
from quarterhour.workflows.scrub.wish import Wish
from quarterhour.workflows.treatment_days import Pricing, pricing_of


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What to compare. ``scrub`` says how files are read and judged; ``shift`` is days the other side's visits move.

    ``zip`` and ``locality`` are for visits that do not say where they were; ``amounts``: every visit is priced under
    both, not only those whose findings differ.
    """

    scrub: Wish
    one: str
    other: str
    shift: int = 0
    store: Path | None = None
    zip: str | None = None
    locality: str | None = None
    amounts: bool = False


class Ways(msgspec.Struct, frozen=True):
    """How everything is judged: the same for every part.

    ``scrub`` is how the first side reads and judges, by the rules that can come out otherwise.
    """

    scrub: scrub.Ways
    one: Side
    other: Side
    shift: int
    pricing: Pricing
    amounts: bool


def ways_of(asked: Asked) -> Ways:
    """What every worker needs to know.

    Raises:
        UnknownName: for a default payer, a persona or a rule there is not.
        BadRequest: for a side that is no version and no day, or a mapping that cannot be followed.
        NoSuchVersion: for a version the store does not have.

    """
    wish = asked.scrub
    one, other = (side_of(named, asked.store, wish.policy_folders) for named in (asked.one, asked.other))
    base = scrub.ways_of(wish)
    rules = tuple(_may_differ(base.entries, moved=bool(asked.shift)))
    return Ways(
        msgspec.structs.replace(base, policy=one.policy, entries=rules),
        one,
        other,
        asked.shift,
        pricing_of(one.policy, zip_code=asked.zip, locality=asked.locality, payer=wish.payer, fees=None),
        asked.amounts,
    )


def _may_differ(entries: Sequence[Entry], *, moved: bool) -> list[Entry]:
    """The rules over visits that can come out otherwise.

    Versions differ in official tables alone, so on the same days only a rule that rests on one of them can. Whether two
    patients' times overlap is the same whatever the policy and the day.
    """
    return [entry for entry in entries if entry.rule.tables or (moved and entry.rule.over != "overlap")]
