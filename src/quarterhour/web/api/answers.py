"""Answers: JSON with our own types in it, exactly as the command prints it, or another form that was asked for."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from quarterhour.domain.json import dumps
from quarterhour.web.refusals import Refused

JSON: Final = "application/json"
_X12: Final = "application/edi-x12"
_FHIR: Final = "application/fhir+json"
_PDF: Final = "application/pdf"
#: What a file of each form is, as claims and conversions are written.
MEDIA: Final = {
    "837p": _X12, "837i": _X12, "fhir": _FHIR, "cms1500": _PDF, "ub04": _PDF,
    "visits-json": JSON, "claims-json": JSON, "visits-jsonl": "application/x-ndjson",
    "visits-csv": "text/csv", "claims-csv": "text/csv",
    "visits-parquet": "application/vnd.apache.parquet", "claims-parquet": "application/vnd.apache.parquet",
    "visits-fhir": _FHIR, "claims-fhir": _FHIR, "benefits-fhir": _FHIR,
}  # fmt: skip


class Answer(Response):
    """One JSON document."""

    media_type = JSON

    def render(self, content: Any) -> bytes:
        """The text of it."""
        return dumps(content).encode()


def wanted(request: Request, offers: Mapping[str, str]) -> str:
    """Which of the offered forms the header ``Accept`` prefers; the first where it has no wish. ``offers`` are media
    types by form.

    Raises:
        Refused: if it takes none of them.

    """
    accepted = _accepted(request.headers.get("accept", ""))
    if not accepted:
        return next(iter(offers))
    weighed = [(_weight(media, accepted), form) for form, media in offers.items()]
    best = max(weight for weight, _ in weighed)
    if best <= 0:
        raise Refused(406, f"none of what is accepted (Accept) can be given; there is {', '.join(offers.values())}")
    return next(form for weight, form in weighed if weight == best)


def _accepted(header: str) -> list[tuple[str, float]]:
    """Media ranges with their weights."""
    found = []
    for part in header.split(","):
        media, *more = (one.strip().lower() for one in part.split(";"))
        weight = next((one[2:] for one in more if one.startswith("q=")), "1")
        if media:
            found.append((media, float(weight) if weight.replace(".", "", 1).isdecimal() else 1.0))
    return found


def _weight(media: str, accepted: Sequence[tuple[str, float]]) -> float:
    """What the most exact range says of a media type."""
    for asked in (media, f"{media.partition('/')[0]}/*", "*/*"):
        weights = [weight for one, weight in accepted if one == asked]
        if weights:
            return max(weights)
    return 0.0


def of_file(told: Mapping[str, Any], form: str, data: bytes, *, alone: bool) -> Response:
    """A file that was made: alone, or in JSON beside what is told of it."""
    media = MEDIA[form]
    if alone:
        return Response(data, media_type=media)
    try:
        file = {"media_type": media, "encoding": "utf-8", "content": data.decode()}
    except UnicodeDecodeError:
        file = {"media_type": media, "encoding": "base64", "content": base64.b64encode(data).decode()}
    return Answer({**told, "file": file})


def nothing_read(told: Mapping[str, Any], otherwise: str) -> Refused:
    """The refusal where nothing of what was sent could be read: each reason with its place."""
    rows = [{key: row.get(key) for key in ("pointer", "line", "column", "message")} for row in told["errors"]]
    if not rows:
        return Refused(422, f"nothing was read: {otherwise}")
    first = rows[0]
    place = f"line {first['line']}, column {first['column']}: " if first["line"] else ""
    more = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
    return Refused(422, f"nothing was read: {place}{first['message']}{more}", errors=rows)
