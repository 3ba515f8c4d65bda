"""From one of the formats that are read to one that is written, and what of the first the second does not carry."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from quarterhour.domain.claim import Claim, ClaimType
from quarterhour.domain.json import dumps, to_builtins
from quarterhour.domain.visit import Visit
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.paper import not_carried
from quarterhour.interchange.visit_json.record import record_of
from quarterhour.interchange.visit_json.text import NotJson, parse
from quarterhour.policy import Policy
from quarterhour.workflows.asked import FORMAT, policy_of
from quarterhour.workflows.claim import claims_of_visits
from quarterhour.workflows.claim_file import CLAIMS, claims_in, unread_segments
from quarterhour.workflows.claim_formats import FORMATS as CLAIM_FORMATS
from quarterhour.workflows.claim_visits import NO_TERMS, named_payer, visits_of_claim
from quarterhour.workflows.clinic import Clinic, Facility, clinic_of
from quarterhour.workflows.errors import BadRequest, CannotClaim
from quarterhour.workflows.inputs import STANDARD_INPUT, Input, of_content, of_path
from quarterhour.workflows.tables import mapping_of

if TYPE_CHECKING:
    from quarterhour.interchange.fhir.reader import FhirFile

#: What is written, and the ending of a file's name that promises it.
OUT: Final[dict[str, str]] = {
    "visits-json": ".json",
    "visits-jsonl": ".jsonl",
    "visits-csv": ".csv",
    "visits-parquet": ".parquet",
    "visits-fhir": ".fhir",
    "claims-json": "",
    "claims-csv": "",
    "claims-parquet": "",
    "claims-fhir": "",
    "benefits-fhir": "",
    "837p": ".837",
    "837i": ".837i",
}
#: A clinic of which nothing is known: what a claim then has comes from its visits.
_NOWHERE: Final = Clinic(institutional=Facility(facility="", patient_status=""))
_PLACE: Final = re.compile(r"\[\d+\]")
_UNREAD: Final = "{path}: {message}; nothing is converted of a file that cannot be read whole"


class Converted(msgspec.Struct, frozen=True):
    """The file, and what is told: how much of what was read, what could not be carried, and what was changed."""

    data: bytes
    told: dict[str, Any]


class _Read(msgspec.Struct):
    """What was read: visits, or claims."""

    visits: list[Visit] = []
    claims: list[Claim] = []
    left_out: Counter[str] = msgspec.field(default_factory=Counter)


def convert(
    source: Path | bytes, form: str, *, clinic: Path | None = None, mapping: Path | None = None,
    payer: str | None = None, policy_folders: Sequence[str | Path] = (), created: dt.datetime | None = None,
) -> Converted:  # fmt: skip
    """Read a file of visits or claims, or its bytes, and give it in another form, one of ``OUT``.

    ``not_carried`` counts by path what the new form does not hold, or holds otherwise: it is read back and compared.

    Raises:
        BadRequest: if the file cannot be read whole, or the form is unknown.
        CannotClaim, CannotWrite: if claims are asked for and the visits do not make any.

    """
    if form not in OUT:
        raise BadRequest(f"expected a form of {', '.join(OUT)}, got {form!r}")
    if form == "benefits-fhir":
        return _benefits(source)
    policy, known = policy_of(policy_folders), clinic_of(clinic)
    read = _read(source, policy, mapping, payer)
    lost: Counter[str] = Counter()
    changes: tuple[dict[str, Any], ...] = ()
    if form.startswith("visits-"):
        visits = read.visits or _as_visits(read, policy, payer, lost)
        count, data, again = len(visits), *_visits_as(form, visits)
        lost.update(_lost(visits, again))
    else:
        when = created or dt.datetime.now(tz=dt.UTC).astimezone()
        kind: ClaimType = "institutional" if form == "837i" else "professional"
        claims = read.claims or _as_claims(read.visits, _kind(form, kind, known), known, policy, payer, lost)
        if form in CLAIM_FORMATS:
            claims = _of_type(claims, kind, read)
            written = CLAIM_FORMATS[form].write(claims, known, when, 1)
            data, changes = written.data, written.changes
            lost.update(_lost(claims, [taken.claim for part in claims_in(data) for taken in part]))
        else:
            data, again_claims = _claims_as(form, claims, when)
            lost.update(_lost(claims, again_claims))
        count = len(claims)
    told = {
        "format": FORMAT,
        "from": _named(source),
        "to": form,
        "visits" if form.startswith("visits-") else "claims": count,
        "not_carried": dict(sorted(lost.items())),
        "left_out": dict(sorted(read.left_out.items())),
        "changes": list(changes),
    }
    return Converted(data, told)


def _benefits(source: Path | bytes) -> Converted:
    """What remittances say of claims, as a FHIR bundle."""
    from quarterhour.workflows.convert_remittance import explained

    try:
        made = explained(source)
    except Unreadable as error:
        raise BadRequest(_UNREAD.format(path=_named(source), message=error)) from error
    if not made.claims:
        raise BadRequest(_UNREAD.format(path=_named(source), message="no claims of a remittance (835) in it"))
    told = {
        "format": FORMAT,
        "from": _named(source),
        "to": "benefits-fhir",
        "claims": made.claims,
        "not_carried": {},
        "left_out": dict(sorted(made.left_out.items())),
        "changes": [],
    }
    return Converted(made.data, told)


def _named(source: Path | bytes) -> str:
    return STANDARD_INPUT if isinstance(source, bytes) else str(source)


def _read(source: Path | bytes, policy: Policy, mapping: Path | None, payer: str | None) -> _Read:
    columns = mapping_of(mapping)
    if isinstance(source, bytes):
        found = of_content(source, policy, payer_needed=False, mapping=columns)
    else:
        found = of_path(str(source), policy, payer_needed=False, mapping=columns)
    if found.claims is not None:
        return _of_x12(_named(source), found)
    if found.table is not None and not found.reading.defects:
        return _Read(claims=list(found.table.claims))
    if found.fhir is not None and not found.reading.defects:
        return _of_fhir(found.fhir, found, payer)
    if found.note is None and found.reading.visits and not found.reading.defects:
        return _Read(_paid_by(found, payer))
    if claims := _claims_of_json(source):
        return _Read(claims=claims)
    defect = next(iter(found.reading.defects), None)
    message = defect.message if defect else "a note alone, or nothing"
    place = f":{defect.line}:{defect.column}" if defect and defect.line and isinstance(source, bytes) else ""
    raise BadRequest(_UNREAD.format(path=f"{_named(source)}{place}", message=message))


def _paid_by(found: Input, payer: str | None) -> list[Visit]:
    """The visits of an input, those that name no payer with the one given."""
    visits = [read.visit for read in found.reading.visits]
    return [v if v.payer or payer is None else msgspec.structs.replace(v, payer=payer) for v in visits]


def _of_fhir(file: FhirFile, found: Input, payer: str | None) -> _Read:
    """Visits and claims of a FHIR file; what stands in neither is left out."""
    left = Counter({f"{one.element}: {one.message}": one.count for one in file.not_carried})
    return _Read(_paid_by(found, payer), [one.value for one in file.claims], left)


def _of_x12(name: str, found: Input) -> _Read:
    if found.claims is None or not found.claims.has_claims:
        raise BadRequest(_UNREAD.format(path=name, message=f"no claims in it, but {found.kind or 'nothing'}"))
    read = _Read()
    for part in claims_in(found.claims.source):
        for taken in part:
            read.claims.append(taken.claim)
            read.left_out.update(why for _, why in taken.left_out)
    read.left_out.update({f"segments {name}": count for name, count in unread_segments(found.claims.source).items()})
    others = {kind: count for kind, count in found.claims.kinds.items() if kind not in CLAIMS}
    read.left_out.update(
        {f"claims of transactions that are not read as claims: {kind}": n for kind, n in others.items()}
    )
    return read


def _claims_of_json(source: Path | bytes) -> list[Claim]:
    """The claims of ``{"claims": [...]}``; none where it is no such file."""
    try:
        content = source if isinstance(source, bytes) else source.read_bytes()
        value, _ = parse(content.decode("utf-8-sig"))
    except (NotJson, UnicodeDecodeError, Unreadable):
        return []
    if not isinstance(value, dict) or not isinstance(value.get("claims"), list):
        return []
    claims = []
    for number, one in enumerate(value["claims"]):
        made = record_of(one, Claim, "claim")
        if isinstance(made, list):
            place = f"/claims/{number}{made[0].pointer or ''}"
            raise BadRequest(_UNREAD.format(path=_named(source), message=f"{place}: {made[0].message}"))
        claims.append(made)
    return claims


def _as_visits(read: _Read, policy: Policy, payer: str | None, lost: Counter[str]) -> list[Visit]:
    """The visits of claims; of each claim what its visits, made a claim again, do not have is counted."""
    visits: list[Visit] = []
    for claim in read.claims:
        named = named_payer(claim, policy, payer)
        if named is None:
            read.left_out[NO_TERMS] += len(claim.lines)
            continue
        found = visits_of_claim(named, policy)
        read.left_out.update(dict(found.left_out))
        own = [one.visit for one in found.visits]
        visits += own
        if own:
            lost.update(f"claims.{path}" for path in _lost([named], [_again(named, own, policy)]).elements())
    return visits


def _again(claim: Claim, visits: Sequence[Visit], policy: Policy) -> Claim | None:
    """The claim that the visits of a claim make by themselves; None where they make none."""
    try:
        made = claims_of_visits(visits, claim.claim_type, _NOWHERE, policy)
    except CannotClaim:
        return None
    return msgspec.structs.replace(made[0], patient_control_number=claim.patient_control_number) if made else None


def _as_claims(
    visits: Sequence[Visit], kind: ClaimType, clinic: Clinic, policy: Policy, payer: str | None, lost: Counter[str]
) -> list[Claim]:
    """The claims of visits; what of the visits the claims do not have is counted."""
    claims = claims_of_visits(visits, kind, clinic, policy)
    again = {
        _sign(one.visit): one.visit
        for claim in claims
        if (named := named_payer(claim, policy, payer))
        for one in visits_of_claim(named, policy).visits
    }
    for visit in visits:
        lost.update(_lost([visit], [again.get(_sign(visit))]))
    return claims


def _sign(visit: Visit) -> tuple[object, ...]:
    """What tells visits apart that have gone through a claim."""
    return str(visit.patient), visit.date_of_service, visit.discipline


def _kind(form: str, kind: ClaimType, clinic: Clinic) -> ClaimType:
    """Claims of a table or of JSON are institutional where the clinic file has what that needs."""
    return "institutional" if form not in CLAIM_FORMATS and clinic.institutional else kind


def _of_type(claims: Sequence[Claim], kind: ClaimType, read: _Read) -> list[Claim]:
    """The claims of one type, which is what an 837 has; the others are left out and counted."""
    own = [claim for claim in claims if claim.claim_type == kind]
    if len(own) < len(claims):
        read.left_out[f"claims that are not {kind}"] += len(claims) - len(own)
    return own


def _visits_as(form: str, visits: Sequence[Visit]) -> tuple[bytes, list[Visit]]:
    """The visits in a form, and as they are read from it again."""
    if form == "visits-json":
        return _json({"visits": [to_builtins(visit) for visit in visits]}), list(visits)
    if form == "visits-fhir":
        return _visits_as_fhir(visits)
    if form == "visits-jsonl":
        return "".join(f"{dumps(visit)}\n" for visit in visits).encode(), list(visits)
    from quarterhour.interchange.tabular import read_visits, write_visits

    data = _table(form, lambda out, kind: write_visits(visits, out, kind))
    batches = read_visits(io.BytesIO(data), payer_needed=False)
    return data, [visit for batch in batches for visit in batch.records]


def _claims_as(form: str, claims: Sequence[Claim], created: dt.datetime) -> tuple[bytes, list[Claim]]:
    """The claims in a form, and as they are read from it again."""
    if form == "claims-json":
        return _json({"format": FORMAT, "claims": [to_builtins(claim) for claim in claims]}), list(claims)
    if form == "claims-fhir":
        return _claims_as_fhir(claims, created)
    from quarterhour.interchange.tabular import read_claims, write_claims

    data = _table(form, lambda out, kind: write_claims(claims, out, kind))
    return data, [claim for batch in read_claims(io.BytesIO(data)) for claim in batch.records]


def _visits_as_fhir(visits: Sequence[Visit]) -> tuple[bytes, list[Visit]]:
    from quarterhour.interchange.fhir.reader import read
    from quarterhour.interchange.fhir.writer import write_visits

    data = write_visits(visits).text.encode()
    return data, [one.value for one in read(data, payer_needed=False).visits]


def _claims_as_fhir(claims: Sequence[Claim], created: dt.datetime) -> tuple[bytes, list[Claim]]:
    from quarterhour.interchange.fhir.reader import read
    from quarterhour.interchange.fhir.writer import write_claims

    data = write_claims(claims, created.date()).text.encode()
    return data, [one.value for one in read(data).claims]


def _table(form: str, write: Callable[[io.BytesIO, Literal["csv", "parquet"]], None]) -> bytes:
    out = io.BytesIO()
    write(out, "parquet" if form.endswith("parquet") else "csv")
    return out.getvalue()


def _json(value: object) -> bytes:
    return f"{dumps(value, indent=2)}\n".encode()


def _lost(before: Sequence[msgspec.Struct], after: Iterable[msgspec.Struct | None]) -> Counter[str]:
    """By path, without the places in lists, how many values are not as they were."""
    again = [*after, *[None] * len(before)]
    return Counter(
        _PLACE.sub("[]", path) for one, other in zip(before, again, strict=False) for path in not_carried(one, other)
    )
