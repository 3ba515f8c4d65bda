"""How everything of a run is done: the same for every piece and part, and made anew in every process."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from pathlib import Path

import msgspec

from quarterhour.engine.derive.reads import columns_read
from quarterhour.interchange.line_table import columns_for
from quarterhour.interchange.tabular import Mapping
from quarterhour.policy import Policy
from quarterhour.policy.errors import UnknownName
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.asked import DEFAULT_PAYER, day_of, policy_of, with_tables
from quarterhour.workflows.check import chosen
from quarterhour.workflows.scrub.wish import Wish
from quarterhour.workflows.tables import mapping_of


class Ways(msgspec.Struct, frozen=True):
    """What was wished for, looked up. ``columns`` are those of a table that are read (None: all that are known)."""

    policy: Policy
    entries: tuple[Entry, ...]
    today: dt.date
    payer: str | None
    default_payer: str
    vocabulary: tuple[str | Path, ...]
    mapping: Mapping | None
    columns: frozenset[str] | None = None


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
        entries=chosen(wish.select, wish.ignore, wish.persona),
        today=day_of(wish.today),
        payer=wish.payer,
        default_payer=wish.payer or DEFAULT_PAYER,
        vocabulary=tuple(wish.vocabulary),
        mapping=mapping_of(wish.mapping),
    )


def sparing(wish: Wish) -> Ways:
    """The same, and the columns that the rules chosen can read where they were chosen; of all rules it is all columns.

    Raises:
        BadRequest: as :func:`ways_of`.
        UnknownName: as :func:`ways_of`.

    """
    ways = ways_of(wish)
    read = columns_read(ways.entries) if wish.select or wish.ignore or wish.persona else None
    return ways if read is None else msgspec.structs.replace(ways, columns=columns_for(read))
