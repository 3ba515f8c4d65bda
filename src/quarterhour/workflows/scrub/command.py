"""Scrub files: the function the command and Python call."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.extras import installing
from quarterhour.workflows.asked import Day
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.wish import DEFAULT_MEMORY, Told, nobody, wish_of

ENGINES: Final = ("local", "spark")


def scrub(
    paths: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    engine: str = "local",
    payer: str | None = None,
    today: Day = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    persona: Sequence[str] = (),
    policy_folders: Sequence[str | Path] = (),
    vocabulary: Sequence[str | Path] = (),
    mapping: str | Path | None = None,
    memory: int | str = DEFAULT_MEMORY,
    workers: int | None = None,
    work: str | Path | None = None,
    resume: bool = False,
    told: Told = nobody,
) -> dict[str, Any]:
    """Check whole files of visits or claims, or folders, and write the findings to ``out`` (.parquet, .csv or .jsonl).

    ``memory`` is what all ``workers`` together may take, in bytes or as ``"2GB"``; ``work`` the folder where finished
    parts are kept until the end, and ``resume`` goes on with what a stopped run left there. The other keywords are
    those of ``check``. With the ``engine`` spark the parts are judged by the executors of a cluster, which must see the
    files and the work folder under the same names. ``told`` hears how far the run has come.

    Returns the report without the findings, which are in the file: what was read, what was not checked, what could not
    be read, and the summary. Where nothing could be read no file is written, and ``findings`` in the report is None.

    Raises:
        BadRequest: for a name no format ends in, a work folder of another run, or an engine there is not.
        Stopped: if the run cannot go on; what was finished is kept.
        UnknownName: for a default payer, a persona or a rule there is not.

    """
    if engine not in ENGINES:
        msg = f"expected an engine: {' or '.join(ENGINES)}, got {engine!r}"
        raise BadRequest(msg)
    if engine == "spark" and importlib.util.find_spec("pyspark") is None:
        how = f"{installing('spark')}; local does the same on one machine"
        raise BadRequest(f"the engine spark needs the extra spark: {how}")
    wish = wish_of(
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
        resume=resume,
        spark=engine == "spark",
    )
    from quarterhour.workflows.scrub.run import run

    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return run(given, Path(out), wish, told)
