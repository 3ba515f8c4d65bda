"""One defect at a time in files that have none: each is found, of its sort and SNIP type, at its place, and no other
error beside it that is not its own consequence.
"""

import pytest
from tests.interchange.x12.samples import (
    both,
    inserted,
    institutional,
    professional,
    remittance,
    replaced,
    without,
    written,
)

from quarterhour.interchange.x12 import read

LONG = "A" * 61

# name, file, change, sort of defect, SNIP type, element, segment id at the place, further sorts that follow from it
SEEDED = [
    # 837P: the envelope
    ("se-count", professional, replaced("SE*58", "SE*60"), "st-segments-wrong", 1, "SE01", "SE", ()),
    ("se-control", professional, replaced("SE*58*0001", "SE*58*0009"), "st-control-mismatch", 1, "SE02", "SE", ()),
    ("ge-count", professional, replaced("GE*1", "GE*2"), "gs-transactions-wrong", 1, "GE01", "GE", ()),
    ("ge-control", professional, replaced("GE*1*1", "GE*1*7"), "gs-control-mismatch", 1, "GE02", "GE", ()),
    ("iea-count", professional, replaced("IEA*1", "IEA*3"), "isa-groups-wrong", 1, "IEA01", "IEA", ()),
    ("iea-control", professional, replaced("IEA*1*000000001", "IEA*1*000000002"), "isa-control-mismatch", 1, "IEA02",
     "IEA", ()),
    ("no-iea", professional, without("IEA"), "isa-not-ended", 1, "IEA", "GE", ()),
    ("no-ge", professional, without("GE"), "gs-not-ended", 1, "GE", "IEA", ()),
    ("no-se", professional, without("SE"), "st-not-ended", 1, "SE", "GE", ()),
    ("no-isa", professional, without("ISA"), "isa-missing", 1, "ISA", "GS", ("end-without-begin",)),
    ("no-gs", professional, without("GS"), "gs-missing", 1, "ST", "ST", ("end-without-begin", "isa-groups-wrong")),
    ("no-st", professional, without("ST"), "st-missing", 1, "BHT", "BHT", ("end-without-begin",
     "gs-transactions-wrong")),
    ("functional-id", professional, replaced("GS*HC", "GS*HP"), "gs-kind-mismatch", 1, "GS01", "ST", ()),
    ("isa-date", professional, replaced("GS*HC*SENDERID*RECEIVERID*20260310", "GS*HC*SENDERID*RECEIVERID*20261310"),
     "isa-element-invalid", 1, "GS04", "GS", ()),
    # 837P: syntax
    ("bad-date", professional, replaced("DTP*472*D8*20260203", "DTP*472*D8*20261340"), "date-invalid", 1, "DTP03",
     "DTP", ()),
    ("bad-birth", professional, replaced("DMG*D8*19500506", "DMG*D8*19500230"), "date-invalid", 1, "DMG02", "DMG", ()),
    ("bad-amount", professional, replaced("CLM*PCN1*250.5", "CLM*PCN1*25O.5"), "number-invalid", 1, "CLM02", "CLM",
     ("claim-charge-unbalanced",)),
    ("bad-units", professional, replaced("SV1*HC:97110:GP*100*UN*1", "SV1*HC:97110:GP*100*UN*X"), "number-invalid",
     1, "SV104", "SV1", ()),
    ("bad-time", professional, replaced("BHT*0019*00*B1*20260310*1200", "BHT*0019*00*B1*20260310*2560"),
     "time-invalid", 1, "BHT05", "BHT", ()),
    ("long-name", professional, replaced("NM1*IL*1*DOE", f"NM1*IL*1*{LONG}"), "element-too-long", 1, "NM103", "NM1",
     ()),
    ("short-zip", professional, replaced("N4*DALLAS*TX*75201", "N4*DALLAS*TX*75", 1), "element-too-short", 1, "N403",
     "N4", ()),
    ("too-many", professional, replaced("AMT*D*70", "AMT*D*70*C*1"), "element-too-many", 1, "AMT04", "AMT", ()),
    ("control-sign", professional, replaced("NM1*IL*1*DOE", "NM1*IL*1*D\x07E"), "character-invalid", 1, "NM103",
     "NM1", ()),
    ("segment-name", professional, inserted("REF*G1", "r1*X"), "segment-name-invalid", 1, "r1", "r1",
     ("segment-unknown",)),
    # 837P: the guide
    ("unknown-segment", professional, inserted("REF*G1", "ZZZ*1"), "segment-unknown", 2, "ZZZ", "ZZZ", ()),
    ("misplaced", professional, inserted("REF*G1", "TS3*1"), "segment-unknown", 2, "TS3", "TS3", ()),
    ("not-here", professional, inserted("NM1*40", "DMG*D8*19500506*F"), "segment-misplaced", 2, "DMG", "DMG", ()),
    ("order", professional, both(without("REF*G1"), inserted("HI*ABK:M25561", "REF*G1*AUTH1")),
     "segment-out-of-order", 2, "REF", "REF", ()),
    ("no-billing-n4", professional, without("N4"), "segment-missing", 2, "N4", "NM1", ()),
    ("no-billing-n3", professional, without("N3"), "segment-missing", 2, "N3", "NM1", ()),
    ("no-tax-id", professional, without("REF*EI"), "segment-missing", 2, "REF*EI or SY", "NM1", ()),
    ("no-hi", professional, without("HI"), "segment-missing", 2, "HI", "CLM", ("pointer-out-of-range",)),
    ("no-dtp-472", professional, without("DTP*472"), "segment-missing", 2, "DTP*472", "LX", ()),
    ("no-bht", professional, without("BHT"), "segment-missing", 2, "BHT", "ST", ()),
    ("no-sbr", professional, without("SBR"), "segment-missing", 2, "SBR", "HL", ("loop-missing",)),
    ("no-submitter", professional, both(without("NM1*41"), without("PER")), "loop-missing", 2, "1000A", "ST", ()),
    ("no-payer", professional, without("NM1*PR"), "loop-missing", 2, "2010BB", "HL", ()),
    ("qualifier", professional, replaced("NM1*85*2*FIRST THERAPY*****XX", "NM1*85*2*FIRST THERAPY*****ZZ"),
     "code-unknown", 2, "NM108", "NM1", ()),
    ("ref-qualifier", professional, replaced("REF*G1", "REF*QQ"), "qualifier-unknown", 2, "REF01", "REF", ()),
    ("entity", professional, replaced("NM1*82*1*SMITH", "NM1*XY*1*SMITH"), "loop-unknown", 2, "NM101", "NM1", ()),
    ("missing-element", professional, replaced("SV1*HC:97110:GP*100*UN*1***3", "SV1*HC:97110:GP*100*UN*1"),
     "element-missing", 2, "SV107", "SV1", ()),
    ("no-identifier", professional, replaced("NM1*PR*2*EXAMPLE PAYER*****PI*04412", "NM1*PR*2*EXAMPLE PAYER*****PI"),
     "element-missing", 2, "NM109", "NM1", ("element-pair-broken",)),
    ("repeated", professional, inserted("REF*G1", "REF*G1*AUTH2"), "segment-repeated", 2, "REF", "REF", ()),
    ("no-lx", professional, without("LX*2"), "line-without-number", 2, "LX", "SV1", ("segment-missing",)),
    ("no-facility-code", professional, replaced("CLM*PCN1*250.5***11:B:1", "CLM*PCN1*250.5***11::1"),
     "component-missing", 2, "CLM05-2", "CLM", ()),
    ("wrong-facility-code", professional, replaced("CLM*PCN1*250.5***11:B:1", "CLM*PCN1*250.5***11:A:1"),
     "component-code-unknown", 2, "CLM05-2", "CLM", ()),
    # 837P: sums
    ("charge", professional, replaced("CLM*PCN1*250.5", "CLM*PCN1*260.5"), "claim-charge-unbalanced", 3, "CLM02",
     "CLM", ()),
    ("other-payer", professional, replaced("SVD*99999*80", "SVD*99999*70"), "other-payer-line-unbalanced", 3,
     "SVD02", "SVD", ("other-payer-paid-unbalanced",)),
    ("other-payer-paid", professional, replaced("AMT*D*70", "AMT*D*80"), "other-payer-paid-unbalanced", 3, "AMT02",
     "AMT", ()),
    ("other-payer-claim", professional, both(without("SVD"), without("CAS*PR*3*10", 1), without("DTP*573")),
     "other-payer-claim-unbalanced", 3, "AMT02", "AMT", ()),
    # 837P: situations
    ("hl-parent", professional, replaced("HL*4*3*23", "HL*4*1*23"), "hl-parent-wrong", 4, "HL02", "HL", ()),
    ("hl-number", professional, replaced("HL*4*3*23", "HL*9*3*23"), "hl-number-wrong", 4, "HL01", "HL", ()),
    ("hl-child", professional, replaced("HL*3*1*22*1", "HL*3*1*22*0"), "hl-child-wrong", 4, "HL04", "HL", ()),
    ("pointer", professional, replaced("SV1*HC:97110:GP*100*UN*1***3", "SV1*HC:97110:GP*100*UN*1***9"),
     "pointer-out-of-range", 4, "SV107-1", "SV1", ()),
    ("self-no-dmg", professional, without("DMG"), "subscriber-demographics-missing", 4, "DMG", "SBR", ()),
    ("self-no-address", professional, both(without("N3", 1), without("N4", 1)), "subscriber-demographics-missing", 4,
     "N3", "SBR", ()),
    ("replacement", professional, without("REF*F8"), "original-reference-missing", 4, "REF*F8", "CLM", ()),
    ("accident", professional, replaced("CLM*PCN1*250.5***11:B:1*Y*A*Y*Y", "CLM*PCN1*250.5***11:B:1*Y*A*Y*Y**EM"),
     "accident-date-missing", 4, "DTP*439", "CLM", ()),
    ("attachment", professional, inserted("CLM*PCN1", "PWK*OZ*FX"), "attachment-number-missing", 4, "PWK06", "PWK",
     ()),
    ("line-order", professional, replaced("LX*2", "LX*5"), "line-number-wrong", 4, "LX01", "LX", ()),
    ("no-dependent", professional, both(without("HL*4"), without("PAT"), without("NM1*QC"), without("N3", 2),
     without("N4", 2), without("DMG", 1), replaced("HL*3*1*22*1", "HL*3*1*22*0")), "patient-missing", 4, "2000C",
     "CLM", ()),
    # 837P: code sets
    ("place", professional, replaced("CLM*PCN1*250.5***11", "CLM*PCN1*250.5***98"), "place-unknown", 5, "CLM05-1",
     "CLM", ()),
    ("state", professional, replaced("N4*DALLAS*TX", "N4*DALLAS*QQ"), "state-unknown", 5, "N402", "N4", ()),
    ("icd", professional, replaced("HI*ABK:M25561", "HI*ABK:9Q99"), "diagnosis-invalid", 5, "HI01-2", "HI", ()),
    (
        "icd-long", professional, replaced("HI*ABK:M25561", "HI*ABK:Q9999Z9"), "diagnosis-length-unusual", 5, "HI01-2",
        "HI", (),
    ),
    ("cpt", professional, replaced("SV1*HC:97110", "SV1*HC:00000"), "procedure-invalid", 5, "SV101-2", "SV1", ()),
    ("modifier", professional, replaced("SV1*HC:97110:GP", "SV1*HC:97110:!!"), "modifier-invalid", 5, "SV101-3",
     "SV1", ()),
    ("npi", professional, replaced("NM1*82*1*SMITH*ALEX****XX*1234567919", "NM1*82*1*SMITH*ALEX****XX*1234567918"),
     "npi-check-digit", 5, "NM109", "NM1", ()),
    ("taxonomy", professional, replaced("PRV*PE*PXC*225100000X", "PRV*PE*PXC*22510"), "taxonomy-invalid", 5, "PRV03",
     "PRV", ()),
    ("frequency", professional, replaced("CLM*PCN1*250.5***11:B:1", "CLM*PCN1*250.5***11:B:%"), "frequency-unknown",
     5, "CLM05-3", "CLM", ()),
    # 837P: dates against each other, the same line twice
    ("future", professional, replaced("DTP*472*D8*20260203", "DTP*472*D8*20260403"), "date-of-service-later", 7,
     "DTP03", "DTP", ()),
    ("unborn", professional, replaced("DMG*D8*19500506", "DMG*D8*20260301"), "birth-later", 7, "DMG02", "CLM", ()),
    ("same-line", professional, both(replaced("SV1*HC:97530:GP:KX*150.5*UN*2***1:2",
     "SV1*HC:97110:GP*150.5*UN*1***1"), replaced("SV1*HC:97110:GP*100*UN*1***3", "SV1*HC:97110:GP*150.5*UN*1***3"),
     replaced("CLM*PCN1*250.5", "CLM*PCN1*301")), "line-repeated", 7, "SV1", "SV1", ()),
    # 837I
    ("i-no-cl1", institutional, without("CL1"), "segment-missing", 2, "CL1", "CLM", ()),
    ("i-no-statement", institutional, without("DTP*434"), "segment-missing", 2, "DTP*434", "CLM", ()),
    ("i-revenue", institutional, replaced("SV2*0420", "SV2*4X2"), "revenue-code-invalid", 5, "SV201", "SV2", ()),
    ("i-charge", institutional, replaced("CLM*PCN9*300", "CLM*PCN9*301"), "claim-charge-unbalanced", 3, "CLM02",
     "CLM", ()),
    ("i-bill-type", institutional, replaced("CLM*PCN9*300***74", "CLM*PCN9*300***0A"), "bill-type-unknown", 5,
     "CLM05-1", "CLM", ()),
    ("i-period", institutional, replaced("DTP*434*RD8*20260201-20260228", "DTP*434*RD8*20260228-20260201"),
     "period-reversed", 1, "DTP03", "DTP", ()),
    ("i-no-line", institutional, without("SV2", 1), "segment-missing", 2, "SV2", "LX", ("claim-charge-unbalanced",)),
    ("i-professional-line", institutional, replaced("SV2*0420*HC:97110:GP*100*UN*2", "SV1*HC:97110:GP*100*UN*2"),
     "segment-unknown", 2, "SV1", "SV1", ("segment-missing",)),
    # 835
    ("r-se-count", remittance, replaced("SE*35", "SE*12"), "st-segments-wrong", 1, "SE01", "SE", ()),
    ("r-no-trn", remittance, without("TRN"), "segment-missing", 2, "TRN", "ST", ()),
    ("r-no-bpr", remittance, without("BPR"), "segment-missing", 2, "BPR", "ST", ()),
    ("r-no-payee", remittance, both(without("N1*PE"), without("REF*TJ")), "loop-missing", 2, "1000B", "ST", ()),
    ("r-no-patient", remittance, without("NM1*QC"), "segment-missing", 2, "NM1*QC", "CLP", ()),
    ("r-payment", remittance, replaced("BPR*I*105", "BPR*I*110"), "payment-unbalanced", 3, "BPR02", "BPR", ()),
    ("r-claim", remittance, replaced("CLP*PCN1*1*250*110", "CLP*PCN1*1*250*100"), "claim-payment-unbalanced", 3,
     "CLP04", "CLP", ("payment-unbalanced", "claim-paid-unbalanced")),
    ("r-service", remittance, replaced("CAS*CO*45*60", "CAS*CO*45*50"), "service-payment-unbalanced", 3, "SVC03",
     "SVC", ("claim-payment-unbalanced",)),
    ("r-status", remittance, replaced("CLP*PCN1*1*", "CLP*PCN1*99*"), "code-unknown", 2, "CLP02", "CLP", ()),
    ("r-group", remittance, replaced("CAS*CO*45", "CAS*XX*45"), "qualifier-unknown", 2, "CAS01", "CAS", ()),
    ("r-carc", remittance, replaced("CAS*CO*45", "CAS*CO*9999"), "adjustment-reason-unknown", 5, "CAS02", "CAS", ()),
    ("r-rarc", remittance, replaced("LQ*HE*N130", "LQ*HE*Z9999"), "remark-unknown", 5, "LQ02", "LQ", ()),
    ("r-date", remittance, replaced("DTM*472*20260203", "DTM*472*20260299"), "date-invalid", 1, "DTM02", "DTM", ()),
    ("r-amount", remittance, replaced("AMT*B6*90", "AMT*B6*9O"), "number-invalid", 1, "AMT02", "AMT", ()),
    ("r-plb", remittance, replaced("PLB*1234567893*20261231*WO:REF1*5", "PLB*1234567893*20261231*WO:REF1*6"),
     "payment-unbalanced", 3, "BPR02", "BPR", ()),
]  # fmt: skip


@pytest.mark.parametrize("build", [professional, institutional, remittance])
@pytest.mark.parametrize("size", [1 << 20, 200])
def test_a_clean_file_has_no_defect(build, size):
    assert read(written(build()), size=size).defects == []


def test_there_are_at_least_sixty():
    assert len(SEEDED) >= 60


@pytest.mark.parametrize("size", [1 << 20, 200])
@pytest.mark.parametrize(
    "build, change, name, snip, element, segment, consequences",
    [case[1:] for case in SEEDED],
    ids=[case[0] for case in SEEDED],
)
def test_a_seeded_defect_is_found_at_its_place(build, change, name, snip, element, segment, consequences, size):
    segments = change(build())
    data = written(segments)
    reading = read(data, size=size)
    found = [defect for defect in reading.defects if defect.name == name]
    assert found, reading.defects
    place = found[0]
    assert (place.snip, place.element) == (snip, element)
    assert segments[place.segment - 1].startswith(segment)
    assert data[place.offset :].startswith(segments[place.segment - 1].encode())
    others = {defect.name for defect in reading.defects if defect.level == "error"} - {name, *consequences}
    assert not others, [defect for defect in reading.defects if defect.name in others]


@pytest.mark.parametrize("build, change", [case[1:3] for case in SEEDED], ids=[case[0] for case in SEEDED])
def test_no_message_carries_what_stands_in_the_file(build, change):
    for defect in read(written(change(build()))).defects:
        for text in ("DOE", "JANE", "ROE", "1EG4TE5MK73", "PCN1", "ICN77", "AUTH1", "ELM"):
            assert text not in defect.message
