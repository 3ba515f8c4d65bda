"""837 professional (005010X222A1) and institutional (005010X223A2) out of claims.

Levels, counts and control numbers are computed; guide ids are the adopted ones. Claims of one billing provider that
follow each other stand under one level; every claim has a subscriber level of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from quarterhour.domain.claim import Claim, Institutional, Line
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.visit import Patient, Provider
from quarterhour.interchange.x12.errors import CannotWrite
from quarterhour.interchange.x12.writing.parties import (
    address,
    demographics,
    insured,
    payer,
    provider,
    write_adjustments,
)
from quarterhour.interchange.x12.writing.pen import (
    Change,
    Envelope,
    Pen,
    amount,
    day,
    envelope_begin,
    envelope_end,
    joined,
    need,
    segment,
)

GUIDES: Final = {"professional": "005010X222A1", "institutional": "005010X223A2"}
_LINES: Final = {"professional": 50, "institutional": 999}
_MODIFIERS, _POINTERS, _DIAGNOSES, _OTHERS = 4, 4, 12, 10
_LATER: Final = ("7", "8")
_SELF: Final = "18"


@dataclass(slots=True)
class Written:
    """What was written: bytes, how much, and every text that had to be changed."""

    data: bytes = b""
    claims: int = 0
    segments: int = 0
    changes: list[Change] = field(default_factory=list)


def write_claims(claims: Iterable[Claim], envelope: Envelope) -> Written:
    """All claims as one interchange. All are of one type: the guide is that of the first.

    Raises:
        CannotWrite: if there is no claim, or one cannot be written; names the claim, its place and element.

    """
    written = Written()
    written.data = b"".join(stream_claims(claims, envelope, written))
    return written


def stream_claims(claims: Iterable[Claim], envelope: Envelope, written: Written | None = None) -> Iterator[bytes]:
    """As :func:`write_claims`, a transaction at a time, so that claims need not be in memory together."""
    count = written or Written()
    own = iter(claims)
    first = next(own, None)
    if first is None:
        raise CannotWrite("CLM", "there is no claim to write")
    kind = first.claim_type
    yield joined(envelope_begin(envelope, "HC", GUIDES[kind]), envelope)
    transactions = 0
    claim: Claim | None = first
    while claim is not None:
        transactions += 1
        pen = Pen(changes=count.changes)
        _header(pen, envelope, kind, transactions)
        writer = _Writer(pen, kind)
        for _ in range(envelope.per_transaction):
            count.claims += 1
            pen.claim = count.claims
            try:
                writer.claim(claim)
            except CannotWrite as error:
                raise CannotWrite(error.element, error.reason, claim.patient_control_number) from error
            claim = next(own, None)
            if claim is None:
                break
        pen.segments.append(f"SE*{len(pen.segments) + 1}*{transactions:04d}")
        count.segments += len(pen.segments)
        yield joined(pen.segments, envelope)
    count.segments += 4
    yield joined(envelope_end(envelope, transactions), envelope)


def _header(pen: Pen, envelope: Envelope, kind: str, number: int) -> None:
    when = envelope.created
    submitter = need(pen.text(envelope.submitter_name, 60, "1000A NM103"), "1000A NM103")
    receiver = need(pen.text(envelope.receiver_name, 60, "1000B NM103"), "1000B NM103")
    phone = need(pen.code(envelope.contact_phone, 256, "1000A PER04"), "1000A PER04")
    contact = pen.text(envelope.contact_name, 60, "1000A PER02")
    pen.segments += [
        f"ST*837*{number:04d}*{GUIDES[kind]}",
        f"BHT*0019*00*{envelope.control_number:09d}{number:04d}*{when:%Y%m%d}*{when:%H%M}*CH",
        f"NM1*41*2*{submitter}*****46*{envelope.sender}",
        f"PER*IC*{contact}*TE*{phone}",
        f"NM1*40*2*{receiver}*****46*{envelope.receiver}",
    ]


@dataclass(slots=True)
class _Writer:
    """Writes the claims of one transaction. Providers that come again are not made again."""

    pen: Pen
    kind: str
    level: int = 0
    billing_level: int = 0
    billing: Provider | None = None
    _known: dict[tuple[int, str], tuple[Provider, list[str]]] = field(default_factory=dict)

    def claim(self, claim: Claim) -> None:
        """One claim with its subscriber and patient levels."""
        if claim.claim_type != self.kind:
            raise CannotWrite("ST03", "claims of one interchange are of one type")
        if claim.billing_provider is None:
            raise CannotWrite("2010AA", "a billing provider is required, and there is none")
        if claim.billing_provider != self.billing:
            self._billing(claim.billing_provider)
        if claim.patient is None:
            raise CannotWrite("2010BA", "the patient is not given")
        if claim.coverage is None:
            raise CannotWrite("2000B SBR", "the coverage is not given: payer, its identifier and the member's")
        himself = claim.coverage.relationship == _SELF
        self._subscriber(claim.coverage, claim.patient if himself else claim.coverage.subscriber, himself=himself)
        if not himself:
            self._dependent(claim.patient, claim.coverage.relationship)
        if self.kind == "professional":
            self._professional(claim)
        else:
            self._institutional(claim)
        for other in claim.others[:_OTHERS]:
            self._other(other, claim)
        if not claim.lines:
            raise CannotWrite("2400", "a claim has at least one line")
        if len(claim.lines) > _LINES[self.kind]:
            raise CannotWrite("2400", f"a claim has at most {_LINES[self.kind]} lines")
        for number, line in enumerate(claim.lines, start=1):
            self._line(number, line, claim)

    def _billing(self, who: Provider) -> None:
        self.billing = who
        self.level += 1
        self.billing_level = self.level
        pen, person = self.pen, bool(who.credential) and self.kind == "professional"
        pen.segments.append(f"HL*{self.level}**20*1")
        if who.taxonomy:
            pen.segments.append(f"PRV*BI*PXC*{pen.code(who.taxonomy, 50, '2000A PRV03')}")
        provider(pen, "85", who, "2010AA", person=person)
        address(pen, who.address, "2010AA")
        tax = need(pen.code(who.tax_id.replace("-", "") if who.tax_id else "", 50, "2010AA REF02"), "2010AA REF02")
        pen.segments.append(f"REF*EI*{tax}")

    def _subscriber(self, coverage: Coverage, who: Patient | None, *, himself: bool) -> None:
        pen = self.pen
        self.level += 1
        pen.segments.append(f"HL*{self.level}*{self.billing_level}*22*{0 if himself else 1}")
        pen.segments.append(_sbr(pen, coverage, "18" if himself else "", "2000B"))
        if who is None:
            raise CannotWrite("2010BA", "the patient is not the insured, who is not given")
        insured(pen, who, coverage.member_id, "2010BA")
        if himself:
            address(pen, who.address, "2010BA")
            demographics(pen, who, "2010BA")
        elif who.address and who.birth_date:
            address(pen, who.address, "2010BA", required=False)
            demographics(pen, who, "2010BA")
        payer(pen, coverage.payer_name, coverage.payer_id, "2010BB")
        address(pen, coverage.payer_address, "2010BB", required=False)

    def _dependent(self, patient: Patient, relationship: str) -> None:
        pen = self.pen
        self.level += 1
        pen.segments.append(f"HL*{self.level}*{self.level - 1}*23*0")
        pen.segments.append(f"PAT*{relationship}")
        insured(pen, patient, "", "2010CA", "QC")
        address(pen, patient.address, "2010CA")
        demographics(pen, patient, "2010CA")

    def _professional(self, claim: Claim) -> None:
        pen = self.pen
        control = need(pen.code(claim.patient_control_number, 38, "2300 CLM01"), "2300 CLM01")
        place = need(claim.place_of_service or "", "2300 CLM05-1")
        cause = ":".join(claim.related_causes[:2])
        if claim.accident_state:
            cause += ":" * (3 - cause.count(":")) + claim.accident_state
        pen.segments.append(
            segment(
                "CLM", control, amount(claim.charge), "", "", f"{place}:B:{claim.frequency}", claim.provider_signature,
                claim.assignment, claim.benefits_assigned, claim.release, "", cause,
            )
        )  # fmt: skip
        for code, date in (
            ("431", claim.onset), ("454", claim.initial_treatment), ("304", claim.last_seen), ("439", claim.accident),
        ):  # fmt: skip
            if date is not None:
                pen.segments.append(f"DTP*{code}*D8*{day(date)}")
        self._attachments(claim)
        if claim.patient_paid is not None:
            pen.segments.append(f"AMT*F5*{amount(claim.patient_paid)}")
        self._references(claim)
        if claim.note:
            pen.segments.append(f"NTE*ADD*{pen.text(claim.note, 80, '2300 NTE02')}")
        codes = _diagnoses(pen, claim.diagnoses)
        pen.segments.append("HI*" + "*".join(f"{'ABF' if at else 'ABK'}:{code}" for at, code in enumerate(codes)))
        for role, who, loop in (
            ("DN", claim.referring_provider, "2310A"), ("82", claim.rendering_provider, "2310B"),
            ("77", claim.service_facility, "2310C"), ("DQ", claim.supervising_provider, "2310D"),
        ):  # fmt: skip
            if who is not None and who != self.billing:
                self._provider(role, who, loop)

    def _institutional(self, claim: Claim) -> None:
        pen, stay = self.pen, claim.institutional
        if stay is None:
            raise CannotWrite(
                "2300", "an institutional claim needs its type of bill, statement dates and patient status"
            )
        control = need(pen.code(claim.patient_control_number, 38, "2300 CLM01"), "2300 CLM01")
        facility = need(pen.code(stay.facility, 2, "2300 CLM05-1"), "2300 CLM05-1")
        pen.segments.append(
            segment(
                "CLM", control, amount(claim.charge), "", "", f"{facility}:A:{claim.frequency}", "", claim.assignment,
                claim.benefits_assigned, claim.release,
            )
        )  # fmt: skip
        pen.segments.append(f"DTP*434*RD8*{day(stay.statement_from)}-{day(stay.statement_to)}")
        if stay.admitted is not None:
            pen.segments.append(f"DTP*435*DT*{stay.admitted:%Y%m%d%H%M}")
        status = need(pen.code(stay.patient_status, 2, "2300 CL103"), "2300 CL103")
        pen.segments.append(f"CL1*{stay.admission_type or ''}*{stay.admission_source or ''}*{status}")
        self._attachments(claim)
        self._references(claim)
        if claim.note:
            pen.segments.append(f"NTE*ADD*{pen.text(claim.note, 80, '2300 NTE02')}")
        codes = _diagnoses(pen, claim.diagnoses, 25)
        pen.segments.append(f"HI*ABK:{codes[0]}")
        for begin in range(1, len(codes), _DIAGNOSES):
            pen.segments.append("HI*" + "*".join(f"ABF:{code}" for code in codes[begin : begin + _DIAGNOSES]))
        self._value_codes(stay)
        for role, who, loop in (
            ("71", stay.attending, "2310A"), ("82", claim.rendering_provider, "2310D"),
            ("77", claim.service_facility, "2310E"), ("DN", claim.referring_provider, "2310F"),
        ):  # fmt: skip
            if who is not None:
                self._provider(role, who, loop)

    def _value_codes(self, stay: Institutional) -> None:
        """Condition, occurrence and value codes as given: qualifier and the rest of the composite."""
        for qualifier in dict.fromkeys(code for code, _ in stay.codes):
            own = [f"{qualifier}:{rest}" for code, rest in stay.codes if code == qualifier]
            self.pen.segments.append("HI*" + "*".join(own[:_DIAGNOSES]))

    def _attachments(self, claim: Claim) -> None:
        for report in claim.attachments:
            number = self.pen.code(report.control_number, 80, "2300 PWK06")
            if report.how != "AA":
                need(number, "2300 PWK06")
            self.pen.segments.append(segment("PWK", report.report, report.how, "", "", "AC" if number else "", number))

    def _references(self, claim: Claim) -> None:
        pen = self.pen
        original = claim.original_reference
        if claim.frequency in _LATER and not original:
            raise CannotWrite("2300 REF*F8", "a replacement or void names the claim it replaces")
        for code, value in (
            ("9F", claim.referral), ("G1", claim.prior_authorization), ("F8", original), ("EA", claim.medical_record),
        ):  # fmt: skip
            if value:
                pen.segments.append(f"REF*{code}*{pen.code(value, 50, f'2300 REF*{code}')}")

    def _provider(self, role: str, who: Provider, loop: str) -> None:
        """NM1 and what follows it; made once for each provider and role."""
        known = self._known.get((id(who), loop))
        if known is not None:
            self.pen.segments += known[1]
            return
        pen, begin = self.pen, len(self.pen.segments)
        organisation = role == "77"
        provider(pen, role, who, loop, person=not organisation, npi_required=role in {"82", "71"})
        if role in {"82", "71"} and who.taxonomy and loop in {"2310A", "2310B", "2420A"}:
            kind = "AT" if role == "71" else "PE"
            pen.segments.append(f"PRV*{kind}*PXC*{pen.code(who.taxonomy, 50, f'{loop} PRV03')}")
        if organisation:
            address(pen, who.address, loop)
        self._known[id(who), loop] = (who, pen.segments[begin:])

    def _other(self, other: OtherCoverage, claim: Claim) -> None:
        pen, coverage = self.pen, other.coverage
        pen.segments.append(_sbr(pen, coverage, coverage.relationship, "2320"))
        write_adjustments(pen, other.adjustments)
        if other.paid is not None:
            pen.segments.append(f"AMT*D*{amount(other.paid)}")
        pen.segments.append(f"OI***{other.benefits_assigned}***{other.release}")
        who = claim.patient if coverage.relationship == _SELF else coverage.subscriber
        if who is None:
            raise CannotWrite("2330A", "the patient is not the insured, who is not given")
        insured(pen, who, coverage.member_id, "2330A")
        address(pen, who.address, "2330A", required=False)
        payer(pen, coverage.payer_name, coverage.payer_id, "2330B")
        if other.claim_number:
            pen.segments.append(f"REF*F8*{pen.code(other.claim_number, 50, '2330B REF*F8')}")

    def _line(self, number: int, line: Line, claim: Claim) -> None:
        pen = self.pen
        if line.units < 1 or line.charge is None or line.date_of_service is None:
            raise CannotWrite("2400", f"line {number} needs units, a charge and a date of service")
        if len(line.modifiers) > _MODIFIERS:
            raise CannotWrite("2400 SV101", f"line {number} has more than four modifiers")
        procedure = ":".join(("HC", line.code, *line.modifiers))
        if self.kind == "professional":
            pointers = line.diagnosis_pointers[:_POINTERS] or (1,)
            if max(pointers) > len(claim.diagnoses) or min(pointers) < 1:
                raise CannotWrite("2400 SV107", f"line {number} points to a diagnosis the claim does not have")
            place = line.place_of_service or ""
            service = f"SV1*{procedure}*{amount(line.charge)}*UN*{line.units}*{place}**{':'.join(map(str, pointers))}"
        else:
            revenue = need(pen.code(line.revenue_code, 4, "2400 SV201"), "2400 SV201")
            service = f"SV2*{revenue}*{procedure}*{amount(line.charge)}*UN*{line.units}"
        pen.segments += (f"LX*{number}", service, _served(line.date_of_service, line.date_to))
        if line.prior_authorization:
            pen.segments.append(f"REF*G1*{pen.code(line.prior_authorization, 50, '2400 REF*G1')}")
        if line.control_number:
            pen.segments.append(f"REF*6R*{pen.code(line.control_number, 50, '2400 REF*6R')}")
        if line.rendering_provider is not None:
            self._provider("82", line.rendering_provider, "2420A" if self.kind == "professional" else "2420C")
        if claim.ordering_provider is not None and self.kind == "professional":
            self._provider("DK", claim.ordering_provider, "2420E")
        if claim.others:
            self._paid(number, line, claim, procedure)

    def _paid(self, number: int, line: Line, claim: Claim, procedure: str) -> None:
        """What other payers paid of a line."""
        for other in claim.others[:_OTHERS]:
            for paid in (one for one in other.lines if one.line == number):
                units = paid.units if paid.units is not None else line.units
                revenue = (line.revenue_code or "") if self.kind == "institutional" else ""
                self.pen.segments.append(
                    f"SVD*{other.coverage.payer_id}*{amount(paid.paid)}*{procedure}*{revenue}*{units}"
                )
                write_adjustments(self.pen, paid.adjustments)
                self.pen.segments.append(f"DTP*573*D8*{day(paid.paid_on)}")


def _served(first: dt.date, last: dt.date | None) -> str:
    """The date of service of a line, or its first and last."""
    if last is None or last == first:
        return f"DTP*472*D8*{day(first)}"
    return f"DTP*472*RD8*{day(first)}-{day(last)}"


def _sbr(pen: Pen, coverage: Coverage, relationship: str, loop: str) -> str:
    group = pen.code(coverage.group, 50, f"{loop} SBR03")
    name = "" if group else pen.text(coverage.group_name, 60, f"{loop} SBR04")
    return segment(
        "SBR", coverage.order, relationship, group, name, coverage.insurance_type or "", "", "", "", coverage.filing
    )


def _diagnoses(pen: Pen, codes: tuple[str, ...], most: int = _DIAGNOSES) -> list[str]:
    """Codes without their points; a claim has at least one."""
    if not codes:
        raise CannotWrite("2300 HI01", "a diagnosis is required, and there is none")
    if len(codes) > most:
        raise CannotWrite("2300 HI", f"a claim has at most {most} diagnoses here")
    return [pen.code(code.replace(".", ""), 30, "2300 HI") for code in codes]
