"""How everything of a run is done: the same for every piece and part, and made anew in every process."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path

import msgspec

from quarterhour.interchange.tabular import Mapping
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.asked import day_of, policy_of, with_tables
from quarterhour.workflows.check import DEFAULT_PAYER, chosen
from quarterhour.workflows.scrub.wish import Wish
from quarterhour.workflows.tables import mapping_of


class Ways(msgspec.Struct, frozen=True):
    """What was wished for, looked up."""

    policy: Policy
    entries: tuple[Entry, ...]
    today: dt.date
    payer: str | None
    default_payer: str
    vocabulary: tuple[str | Path, ...]
    mapping: Mapping | None


def ways_of(wish: Wish) -> Ways:
    """Look up what was wished for.

    Raises:
        BadRequest: for a mapping that cannot be read or followed.
        UnknownName: for a default payer, a persona or a rule there is not.

    """
    # Without a version in the wish it is the one chosen for this call.
    with with_tables(*wish.tables) if any(wish.tables) else nullcontext():
        policy = policy_of(wish.policy_folders)
    if wish.payer is not None and wish.payer not in policy.payers:
        raise UnknownName("payer", wish.payer, policy.payers)
    return Ways(
        policy=policy,
        entries=tuple(chosen(wish.select, wish.ignore, wish.persona)),
        today=day_of(wish.today),
        payer=wish.payer,
        default_payer=wish.payer or DEFAULT_PAYER,
        vocabulary=tuple(wish.vocabulary),
        mapping=mapping_of(wish.mapping),
    )
