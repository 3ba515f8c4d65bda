"""Transactions drawn by a seed, all fictional, with what a simple count makes of them: the facts of drawn files."""

import random
from decimal import Decimal

#: How claims, lines and payments are counted: segment, element of the amount.
CLAIMS = {"CLM": 2, "CLP": 3}
LINES = {"SV1": 2, "SV2": 3, "SV3": 2, "SVC": 2}
FIRST_NAMES = ("JANE", "JOHN", "RITA", "ROBIN", "ALEX", "MARÍA", "JOSÉ")
LAST_NAMES = ("DOE", "ROE", "SMITH", "O'NEIL", "DE LA CRUZ", "NUÑEZ", "LEE-PARK")
CODES = ("97110", "97112", "97140", "97530", "97535", "00142", "J2001", "99213", "A0428", "G0283")
NUMBERS = ("1234567893", "1234567919", "1234567935", "1234567828", "1234567968")
GUIDES = {
    "837P": ("HC", "005010X222A1"), "837I": ("HC", "005010X223A2"), "837D": ("HC", "005010X224A2"),
    "835": ("HP", "005010X221A1"), "277CA": ("HN", "005010X214"), "999": ("FA", "005010X231A1"),
}  # fmt: skip
OLD_GUIDES = {"837P": "004010X098A1", "837I": "004010X096A1", "837D": "004010X097A1", "835": "004010X091A1"}
#: Segments that no guide of these has, or that the reader has no table of: they are counted and nothing else.
STRANGE = ("ZZZ*1*2", "K3*SOME FIXED TEXT", "X9*A", "FOO", "CR8*1*2*3", "Q1*:::*", "ZA*97530*12.5")


def money(draw: random.Random, cents: int) -> str:
    """An amount in one of the ways amounts are written."""
    whole, rest = divmod(cents, 100)
    if not rest:
        return draw.choice((f"{whole}", f"{whole}.00", f"{whole}.0", f"{whole}."))
    return f"{whole}.{rest:02d}".removesuffix("0") if draw.random() < 0.5 else f"{whole}.{rest:02d}"


def name(draw: random.Random, entity: str, *tail: str) -> str:
    """A person's NM1 up to the identifier."""
    return "*".join(("NM1", entity, "1", draw.choice(LAST_NAMES), draw.choice(FIRST_NAMES), *tail))


def transaction(draw: random.Random, kind: str, control: str, *, old: bool = False) -> list[str]:
    """The segments of one transaction from ST to SE."""
    if kind.startswith("837"):
        body = _claims_body(draw, kind)
    else:
        body = {"835": _remittance, "277CA": _statuses, "999": _acknowledgement}[kind](draw)
    guide = OLD_GUIDES.get(kind, "") if old else GUIDES[kind][1]
    number = kind[:3]
    version = "" if old or (kind == "835" and draw.random() < 0.7) else f"*{guide}"
    own = [f"ST*{number}*{control}{version}", *body]
    return [*own, f"SE*{len(own) + 1}*{control}"]


def _claims_body(draw: random.Random, kind: str) -> list[str]:
    made = [
        "BHT*0019*00*B1*20260310*1200*CH", "NM1*41*2*FIRST THERAPY*****46*SENDERID", "PER*IC*OFFICE*TE*5555550100",
        "NM1*40*2*EXAMPLE PAYER*****46*RECEIVERID",
    ]  # fmt: skip
    level = 0
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        level += 1
        billing = level
        made += [
            f"HL*{level}**20*1", "PRV*BI*PXC*261QP2000X", f"NM1*85*2*FIRST THERAPY*****XX*{draw.choice(NUMBERS)}",
            "N3*100 MAIN STREET", "N4*DALLAS*TX*752010001", "REF*EI*123456789",
        ]  # fmt: skip
        for _ in range(draw.choice((1, 1, 2, 3, 7))):
            level += 1
            member, child = level, draw.random() < 0.3
            other = draw.random() < 0.25
            made += [
                f"HL*{member}*{billing}*22*{int(child)}",
                f"SBR*{'S' if other else 'P'}*{'' if child else '18'}*******CI",
                name(draw, "IL", "", "", "", "MI", f"M{draw.randrange(10**8)}"), "N3*7 ELM STREET",
                "N4*DALLAS*TX*75201", "DMG*D8*19500506*F", "NM1*PR*2*EXAMPLE PAYER*****PI*04412",
            ]  # fmt: skip
            if child:
                level += 1
                made += [
                    f"HL*{level}*{member}*23*0", "PAT*19", name(draw, "QC"), "N3*9 OAK STREET", "N4*DALLAS*TX*75202",
                    "DMG*D8*20100102*M",
                ]  # fmt: skip
            for _ in range(draw.choice((1, 1, 1, 2, 3))):
                made += _claim(draw, kind, other=other)
    return made


def _claim(draw: random.Random, kind: str, *, other: bool) -> list[str]:
    charges = [draw.choice((0, draw.randint(1, 99), draw.randint(100, 99_999_99))) for _ in range(draw.randint(1, 6))]
    total = sum(charges)
    place = "74:A:1" if kind == "837I" else "11:B:1"
    signed = "*A*Y*Y" if kind == "837I" else "Y*A*Y*Y"
    made = [f"CLM*P{draw.randrange(10**9)}*{money(draw, total)}***{place}*{signed}"]
    if kind == "837I":
        made += ["DTP*434*RD8*20260201-20260228", "CL1*3*1*30"]
    if draw.random() < 0.3:
        made += ["PWK*OZ*FX***AC*X1", "REF*G1*AUTH1"][: draw.randint(1, 2)]
    if draw.random() < 0.2:
        made.append("NTE*ADD*LONG STANDING PAIN, SEE CHART")
    made.append("HI*ABK:M25561*ABF:M6281")
    if kind != "837I" and draw.random() < 0.4:
        made += [f"NM1*82*1*SMITH*ALEX****XX*{draw.choice(NUMBERS)}", "PRV*PE*PXC*225100000X"]
    if other:
        made += [
            "SBR*P*18*******CI", f"CAS*PR*1*{money(draw, total)}", "AMT*D*0", "OI***Y***Y",
            "NM1*IL*1*ROE*RUTH****MI*X9", "NM1*PR*2*OTHER PAYER*****PI*99999",
        ]  # fmt: skip
    for number, charge in enumerate(charges, start=1):
        made += _line(draw, kind, number, money(draw, charge))
    return made


def _line(draw: random.Random, kind: str, number: int, charge: str) -> list[str]:
    code = draw.choice(CODES)
    made = [f"LX*{number}"]
    if kind == "837P":
        basis = draw.choice(("UN", "UN", "MJ"))
        made.append(f"SV1*HC:{code}:GP*{charge}*{basis}*{draw.choice(('1', '2', '2.5', '61'))}***1:2")
    elif kind == "837I":
        made.append(f"SV2*0420*HC:{code}*{charge}*UN*{draw.randint(1, 4)}")
    else:
        made.append(f"SV3*AD:D{draw.randint(1000, 9999)}*{charge}***1")
    made.append(draw.choice(("DTP*472*D8*20260203", "DTP*472*RD8*20260203-20260203")))
    if kind == "837P" and draw.random() < 0.15:
        made += ["LIN**N4*01234567891", "CTP****2*UN"]
    return made


def _remittance(draw: random.Random) -> list[str]:
    claims: list[str] = []
    paid = 0
    for _ in range(draw.choice((0, 1, 1, 2, 5, 12))):
        own, amount = _paid_claim(draw)
        claims += own
        paid += amount
    if draw.random() < 0.3:
        kept = draw.randint(1, 5000)
        paid -= kept
        claims.append(f"PLB*1234567893*20261231*WO:REF1*{_signed(draw, kept)}")
        if draw.random() < 0.4:
            paid += 700
            claims.append("PLB*1234567893*20261231*L6:REF2*-5*72*-2")
    how = "I" if paid > 0 else "H"
    return [
        f"BPR*{how}*{_signed(draw, paid)}*C*{'CHK' if paid else 'NON'}************20260310", "TRN*1*T1*1112223333",
        "DTM*405*20260310", "N1*PR*EXAMPLE PAYER", "N3*1 PAYER WAY", "N4*DALLAS*TX*75201", "PER*BL**TE*5555550100",
        "N1*PE*FIRST THERAPY*XX*1234567893", "REF*TJ*123456789", "LX*1", *claims,
    ]  # fmt: skip


def _paid_claim(draw: random.Random) -> tuple[list[str], int]:
    """A claim paid, denied, or taken back, and what it was paid in cents."""
    sort = draw.choice(("1", "1", "2", "4", "22"))
    sign = -1 if sort == "22" else 1
    lines: list[str] = []
    total = paid = 0
    for _ in range(draw.choice((0, 1, 1, 2, 6))):
        charge = draw.randint(1, 40_000)
        amount = 0 if sort == "4" else draw.randint(0, charge)
        total += sign * charge
        paid += sign * amount
        lines += [
            f"SVC*HC:{draw.choice(CODES)}*{_signed(draw, sign * charge)}*{_signed(draw, sign * amount)}**1",
            "DTM*472*20260203",
        ]  # fmt: skip
        if charge != amount:
            lines.append(f"CAS*CO*45*{_signed(draw, sign * (charge - amount))}")
        if draw.random() < 0.3:
            lines += ["REF*6R*L1", "AMT*B6*10", "LQ*HE*N130"]
    if not lines:
        total = paid = draw.randint(1, 9999)
    made = [
        f"CLP*P{draw.randrange(10**9)}*{sort}*{_signed(draw, total)}*{_signed(draw, paid)}**12*ICN1*11*1",
        name(draw, "QC", "", "", "", "MI", "M1"),
    ]
    return [*made, *lines], paid


def _signed(draw: random.Random, cents: int) -> str:
    return f"-{money(draw, -cents)}" if cents < 0 else money(draw, cents)


def _statuses(draw: random.Random) -> list[str]:
    made = [
        "BHT*0085*08*B1*20260310*1200*TH", "HL*1**20*1", "NM1*AY*2*CLEARINGHOUSE*****46*CH1", "TRN*1*T1",
        "DTP*050*D8*20260310", "DTP*009*D8*20260310", "HL*2*1*21*1", "NM1*41*2*FIRST THERAPY*****46*SENDERID",
        "TRN*2*B1", "STC*A1:19:PR*20260310*WQ*100", "HL*3*2*19*1", "NM1*85*2*FIRST THERAPY*****XX*1234567893",
        "TRN*1*0", "STC*A1:19:PR**WQ*100",
    ]  # fmt: skip
    for number in range(4, 4 + draw.randint(1, 5)):
        made += [
            f"HL*{number}*3*PT", name(draw, "QC", "", "", "", "MI", "M1"), f"TRN*2*P{number}",
            "STC*A2:20:PR*20260310*WQ*100", "REF*1K*ICN1", "DTP*472*D8*20260203",
        ]  # fmt: skip
    return made


def _acknowledgement(draw: random.Random) -> list[str]:
    made = ["AK1*HC*1*005010X222A1"]
    count = draw.randint(1, 3)
    for number in range(1, count + 1):
        made += [f"AK2*837*{number:04d}*005010X222A1", "IK5*A"]
    return [*made, f"AK9*A*{count}*{count}*{count}"]


def facts_of(segments: list[str]) -> dict[str, int]:
    """What a count, segment by segment, makes of a file; amounts in cents."""
    found = dict.fromkeys(
        ("interchanges", "groups", "transactions", "segments", "claims", "lines", "charge", "line_charge", "paid",
         "payment"), 0,
    )  # fmt: skip
    envelope = {"ISA": "interchanges", "GS": "groups", "ST": "transactions"}
    for segment in segments:
        ident, *elements = segment.split("*")
        found["segments"] += 1
        if ident in envelope:
            found[envelope[ident]] += 1
        if ident in CLAIMS:
            found["claims"] += 1
            found["charge"] += _cents(elements, CLAIMS[ident])
        if ident in LINES:
            found["lines"] += 1
            found["line_charge"] += _cents(elements, LINES[ident])
        found["paid"] += _cents(elements, 4) if ident == "CLP" else 0
        found["payment"] += _cents(elements, 2) if ident == "BPR" else 0
    return found


def _cents(elements: list[str], place: int) -> int:
    text = elements[place - 1].strip() if len(elements) >= place else ""
    return int(Decimal(text) * 100) if text else 0
