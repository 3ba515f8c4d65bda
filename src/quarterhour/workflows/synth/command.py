"""Draw synthetic visits and write them: the function the command and Python call."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections import Counter
from pathlib import Path
from typing import Any, Final

from quarterhour.domain.extras import installing
from quarterhour.workflows.asked import FORMAT
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.wish import Told, nobody
from quarterhour.workflows.synth.wish import Wish

YEAR: Final = 2025
#: Forms by the end of a file's name.
FORMS: Final = {
    ".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".837": "837p", ".837p": "837p", ".x12": "837p",
    ".837i": "837i",
}  # fmt: skip
#: Forms that hold claims, not visits.
CLAIMS: Final = ("837p", "837i", "claim-lines")


def synth(
    out: str | Path,
    *,
    claims: int,
    seed: int = 0,
    form: str | None = None,
    defects: float = 0.0,
    truth: str | Path | None = None,
    year: int = YEAR,
    notes: bool = False,
    told: Told = nobody,
) -> dict[str, Any]:
    """Write synthetic visits, one claim each, to ``out``: the same bytes for the same arguments and version.

    ``form`` is parquet, csv, jsonl, 837p, 837i or claim-lines (CSV); without one the end of the name says it. With
    ``notes`` every visit gets the text of a note. With ``defects``, the share of the visits (in the last three forms:
    claims) that get one, what must be found in all of them is written to ``truth`` (CSV). ``told`` hears how many
    visits are drawn.

    Returns what was written: visits, lines, visits with a defect, and what they are calibrated on.

    Raises:
        BadRequest: for a form there is not, or a number that makes no sense.
        NotKnown: for a year whose amounts are not held.

    """
    path = Path(out)
    form = form or FORMS.get(path.suffix.lower(), "")
    if form not in {*FORMS.values(), *CLAIMS}:
        msg = f"expected parquet, csv, jsonl, 837p, 837i or claim-lines as the form of {path.name}"
        raise BadRequest(msg)
    if claims < 1 or not 0 <= defects <= 1 or seed < 0:
        raise BadRequest("expected at least one claim, a share of defects from 0 to 1, and a seed of 0 or more")
    if defects and truth is None:
        raise BadRequest("defects need a file for the truth of what must be found")
    if notes and form in CLAIMS:
        raise BadRequest("a claim carries no note: write visits (parquet, csv or jsonl) to have notes")
    if importlib.util.find_spec("pyarrow") is None:
        raise BadRequest(f"synthetic claims are drawn by pyarrow: {installing('batch')}")
    from quarterhour.workflows.synth.crowds import write

    counts = write(path, form, Wish(claims=claims, seed=seed, year=year, defects=defects, notes=notes), truth, told)
    return _report(path, form, seed, year, truth, counts)


def _report(
    path: Path, form: str, seed: int, year: int, truth: str | Path | None, counts: Counter[str]
) -> dict[str, Any]:
    from quarterhour.workflows.synth.mix import mix

    published = mix().published
    return {
        "format": FORMAT,
        "out": str(path),
        "form": form,
        "seed": seed,
        "date_from": dt.date(year, 1, 1).isoformat(),
        "date_to": dt.date(year, 12, 31).isoformat(),
        **{name: counts[name] for name in ("visits", "lines", "defects")},
        "truth": None if truth is None else str(truth),
        "calibrated_on": {"title": published.title, "publisher": published.publisher, "year": published.year},
    }
