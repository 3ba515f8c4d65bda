"""Files of our own, all fictional, as lists of segments: each test changes one thing in them."""

from collections.abc import Callable

ISA = "ISA*00*          *00*          *ZZ*SENDERID       *ZZ*RECEIVERID     *260310*1200*^*00501*000000001*0*P*:"
Change = Callable[[list[str]], list[str]]


def interchange(identifier: str, guide: str, *transactions: list[str]) -> list[str]:
    """Transactions (without SE) in an envelope whose counts are right."""
    segments = [ISA, f"GS*{identifier}*SENDERID*RECEIVERID*20260310*1200*1*X*{guide}"]
    for number, own in enumerate(transactions, start=1):
        segments += [*own, f"SE*{len(own) + 1}*{number:04d}"]
    return [*segments, f"GE*{len(transactions)}*1", "IEA*1*000000001"]


def written(segments: list[str], end: str = "~\n") -> bytes:
    return (end.join(segments) + end).encode()


def professional() -> list[str]:
    """Two claims: the patient is the subscriber; the patient is a child, and another payer paid first."""
    return interchange(
        "HC", "005010X222A1",
        [
            "ST*837*0001*005010X222A1", "BHT*0019*00*B1*20260310*1200*CH", "NM1*41*2*FIRST THERAPY*****46*SENDERID",
            "PER*IC*OFFICE*TE*5555550100", "NM1*40*2*EXAMPLE PAYER*****46*RECEIVERID", "HL*1**20*1",
            "PRV*BI*PXC*261QP2000X", "NM1*85*2*FIRST THERAPY*****XX*1234567893", "N3*100 MAIN STREET",
            "N4*DALLAS*TX*752010001", "REF*EI*123456789",
            "HL*2*1*22*0", "SBR*P*18*******MB", "NM1*IL*1*DOE*JANE****MI*1EG4TE5MK73", "N3*7 ELM STREET",
            "N4*DALLAS*TX*75201", "DMG*D8*19500506*F", "NM1*PR*2*EXAMPLE PAYER*****PI*04412",
            "CLM*PCN1*250.5***11:B:1*Y*A*Y*Y", "REF*G1*AUTH1", "HI*ABK:M25561*ABF:M6281*ABF:R2689",
            "NM1*DN*1*ROE*RITA****XX*1234567935", "NM1*82*1*SMITH*ALEX****XX*1234567919", "PRV*PE*PXC*225100000X",
            "LX*1", "SV1*HC:97530:GP:KX*150.5*UN*2***1:2", "DTP*472*D8*20260203", "REF*6R*PCN1-1",
            "LX*2", "SV1*HC:97110:GP*100*UN*1***3", "DTP*472*D8*20260203", "REF*6R*PCN1-2",
            "HL*3*1*22*1", "SBR*S**GRP1******CI", "NM1*IL*1*ROE*RICHARD****MI*M100",
            "NM1*PR*2*EXAMPLE PAYER*****PI*04412",
            "HL*4*3*23*0", "PAT*19", "NM1*QC*1*ROE*ROBIN", "N3*9 OAK STREET", "N4*DALLAS*TX*75202", "DMG*D8*20100102*M",
            "CLM*PCN2*90***11:B:7*Y*A*Y*Y", "REF*F8*ICN77", "HI*ABK:F82",
            "SBR*P*19*******CI", "CAS*PR*3*10", "AMT*D*70", "OI***Y***Y", "NM1*IL*1*ROE*RUTH****MI*X9",
            "NM1*PR*2*OTHER PAYER*****PI*99999",
            "LX*1", "SV1*HC:97535:GO*90*UN*2***1", "DTP*472*D8*20260204", "SVD*99999*80*HC:97535:GO**2", "CAS*PR*3*10",
            "DTP*573*D8*20260220",
        ],
    )  # fmt: skip


def institutional() -> list[str]:
    """One claim of an outpatient rehabilitation facility."""
    return interchange(
        "HC", "005010X223A2",
        [
            "ST*837*0001*005010X223A2", "BHT*0019*00*B1*20260310*1200*CH", "NM1*41*2*FIRST REHAB*****46*SENDERID",
            "PER*IC*OFFICE*TE*5555550100", "NM1*40*2*EXAMPLE PAYER*****46*RECEIVERID", "HL*1**20*1",
            "NM1*85*2*FIRST REHAB*****XX*1234567893", "N3*100 MAIN STREET", "N4*DALLAS*TX*752010001",
            "REF*EI*123456789",
            "HL*2*1*22*0", "SBR*P*18*******MA", "NM1*IL*1*DOE*JANE****MI*1EG4TE5MK73", "N3*7 ELM STREET",
            "N4*DALLAS*TX*75201", "DMG*D8*19500506*F", "NM1*PR*2*EXAMPLE PAYER*****PI*04412",
            "CLM*PCN9*300***74:A:1**A*Y*Y", "DTP*434*RD8*20260201-20260228", "CL1*3*1*30", "HI*ABK:M25561",
            "HI*ABF:M6281",
            "HI*BH:11:D8:20260105", "HI*BE:50:::7", "NM1*71*1*ROE*RITA****XX*1234567935",
            "LX*1", "SV2*0420*HC:97530:GP*200*UN*4", "DTP*472*D8*20260203",
            "LX*2", "SV2*0420*HC:97110:GP*100*UN*2", "DTP*472*D8*20260203",
        ],
    )  # fmt: skip


def remittance() -> list[str]:
    """Two claims of which one was denied, and an amount kept back from the provider."""
    return interchange(
        "HP", "005010X221A1",
        [
            "ST*835*0001", "BPR*I*105*C*CHK************20260310", "TRN*1*T1*1112223333", "DTM*405*20260310",
            "N1*PR*EXAMPLE PAYER", "N3*1 PAYER WAY", "N4*DALLAS*TX*75201", "PER*BL**TE*5555550100",
            "N1*PE*FIRST THERAPY*XX*1234567893", "REF*TJ*123456789", "LX*1",
            "CLP*PCN1*1*250*110*20*MB*ICN1*11*1", "NM1*QC*1*DOE*JANE****MI*1EG4TE5MK73", "NM1*82*1******XX*1234567919",
            "SVC*HC:97530:GP*150*75**2", "DTM*472*20260203", "CAS*CO*45*60", "CAS*PR*2*15", "REF*6R*PCN1-1",
            "AMT*B6*90",
            "LQ*HE*N130",
            "SVC*HC:97110:GP*100*35**1", "DTM*472*20260203", "CAS*CO*45*60", "CAS*PR*2*5", "REF*6R*PCN1-2", "AMT*B6*40",
            "CLP*PCN2*4*90*0**CI*ICN2*11*1", "NM1*QC*1*ROE*ROBIN****MI*M100", "SVC*HC:97535:GO*90*0**0",
            "DTM*472*20260204", "CAS*CO*197*90", "LQ*HE*MA04",
            "PLB*1234567893*20261231*WO:REF1*5",
        ],
    )  # fmt: skip


def replaced(before: str, after: str, place: int = 0) -> Change:
    """The ``place``-th segment that begins as told, with its begin replaced."""

    def change(segments: list[str]) -> list[str]:
        at = [row for row, segment in enumerate(segments) if segment.startswith(before)][place]
        return [*segments[:at], after + segments[at][len(before) :], *segments[at + 1 :]]

    return change


def without(before: str, place: int = 0) -> Change:
    """Without the ``place``-th segment that begins as told; SE01 is put right."""

    def change(segments: list[str]) -> list[str]:
        at = [row for row, segment in enumerate(segments) if segment.startswith(before)][place]
        return recounted([*segments[:at], *segments[at + 1 :]])

    return change


def inserted(after: str, segment: str, place: int = 0) -> Change:
    """With a segment after the ``place``-th one that begins as told; SE01 is put right."""

    def change(segments: list[str]) -> list[str]:
        at = [row for row, each in enumerate(segments) if each.startswith(after)][place]
        return recounted([*segments[: at + 1], segment, *segments[at + 1 :]])

    return change


def recounted(segments: list[str]) -> list[str]:
    """With SE01 as it should be."""
    start, made = 0, []
    for row, segment in enumerate(segments):
        start = row if segment.startswith("ST*") else start
        made.append(f"SE*{row - start + 1}*{segment.split('*')[2]}" if segment.startswith("SE*") else segment)
    return made


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(segments: list[str]) -> list[str]:
        for each in changes:
            segments = each(segments)
        return segments

    return change
