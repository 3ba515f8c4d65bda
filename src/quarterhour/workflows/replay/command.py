"""Replay files under another policy version: the function the command and Python call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.policy.tables import CURRENT
from quarterhour.workflows.asked import Day
from quarterhour.workflows.replay.sides import shift_of
from quarterhour.workflows.scrub.wish import DEFAULT_MEMORY, Told, nobody, wish_of


def replay(
    paths: str | Path | Sequence[str | Path],
    one: str,
    other: str = CURRENT,
    out: str | Path | None = None,
    *,
    shift: str | None = None,
    store: str | Path | None = None,
    payer: str | None = None,
    today: Day = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    persona: Sequence[str] = (),
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    amounts: bool = False,
    policy_folders: Sequence[str | Path] = (),
    vocabulary: Sequence[str | Path] = (),
    mapping: str | Path | None = None,
    memory: int | str = DEFAULT_MEMORY,
    workers: int | None = None,
    work: str | Path | None = None,
    told: Told = nobody,
) -> dict[str, Any]:
    """Judge whole files under two policies, and say which findings are otherwise, for how much, and why.

    ``one`` and ``other`` are versions of the imported tables, ``built-in``, ``current``, or a day: the newest version
    held on it. ``shift`` (``1q``, ``-1y``) moves the visits by whole quarters or years where ``other`` judges them.
    ``out`` takes every finding that is otherwise (.parquet, .csv or .jsonl). ``amounts`` prices every visit under
    both; without it only what is otherwise is priced. The other keywords are those of ``scrub`` and ``price``.

    Raises:
        BadRequest: for a side, a shift or a name of a file there cannot be.
        NoSuchVersion: for a version the store does not have.
        UnknownName: for a payer, a persona, a locality or a rule there is not.

    """
    scrub = wish_of(
        payer=payer,
        today=today,
        select=select,
        ignore=ignore,
        persona=persona,
        policy_folders=policy_folders,
        vocabulary=vocabulary,
        mapping=mapping,
        memory=memory,
        workers=workers,
        work=work,
    )
    from quarterhour.workflows.replay.run import run
    from quarterhour.workflows.replay.wish import Asked

    asked = Asked(
        scrub=scrub,
        one=one,
        other=other,
        shift=shift_of(shift),
        store=None if store is None else Path(store),
        zip=zip,
        locality=locality,
        amounts=amounts,
    )
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return run(given, None if out is None else Path(out), asked, told)
