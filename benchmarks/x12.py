"""X12 beside its peers: claims and remittances to tables, with conformance, and claims written; one core, CPU seconds.

    python benchmarks/x12.py [--claims 100000] [--repeats 3] [--peers PYTHON] [--million]

Every row is a process of its own, run in turn (A B C, A B C) and warmed by ten claims; shown is the best of the
repeats. Peers (openx12, x12sdk,
pyx12, oxedi) are looked for in the Python given with ``--peers``, and left out where they are not installed; slow
ones read a smaller file, and rates are compared. Before a time counts, claims and the charge to the cent must be right.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

CODES = ("97110", "97112", "97116", "97140", "97530", "97535")
LINES = 4


def npi(number: int) -> str:
    """A number of nine digits with its check digit."""
    base = f"{100_000_000 + number % 100_000_000:09d}"
    total = 24
    for place, digit in enumerate(map(int, base)):
        double = digit * 2 if place % 2 == 0 else digit
        total += double - 9 if double > 9 else double
    return base + str(-total % 10)


def claims_837(count: int, per_transaction: int = 5000, seed: int = 7) -> Iterator[str]:
    """Segments of therapy claims of four lines each, the charge of each claim the sum of its lines."""
    draw = random.Random(seed)
    renderers = [npi(7919 * at) for at in range(200)]
    yield "ISA*00*          *00*          *ZZ*SENDERID       *ZZ*RECEIVERID     *260310*1200*^*00501*000000001*0*P*:"
    yield "GS*HC*SENDERID*RECEIVERID*20260310*1200*1*X*005010X222A1"
    done = transactions = 0
    while done < count:
        transactions += 1
        own = [
            f"ST*837*{transactions:04d}*005010X222A1", f"BHT*0019*00*B{transactions:06d}*20260310*1200*CH",
            "NM1*41*2*FIRST THERAPY GROUP*****46*SENDERID", "PER*IC*BILLING OFFICE*TE*5555550100",
            "NM1*40*2*EXAMPLE PAYER*****46*RECEIVERID", "HL*1**20*1", "PRV*BI*PXC*261QP2000X",
            "NM1*85*2*FIRST THERAPY GROUP*****XX*1234567893", "N3*100 MAIN STREET", "N4*DALLAS*TX*752010001",
            "REF*EI*123456789",
        ]  # fmt: skip
        for level in range(2, 2 + min(per_transaction, count - done)):
            done += 1
            day = f"2026{draw.randint(1, 2):02d}{draw.randint(1, 28):02d}"
            charges = [draw.randint(3000, 15000) for _ in range(LINES)]
            total = sum(charges)
            own += [
                f"HL*{level}*1*22*0", "SBR*P*18*******MB",
                f"NM1*IL*1*DOE{done % 977}*JANE{done % 89}****MI*1EG4TE5MK{done % 90 + 10}",
                f"N3*{done % 9000 + 1} ELM STREET", "N4*DALLAS*TX*752010002",
                f"DMG*D8*19{draw.randint(30, 60)}0{draw.randint(1, 9)}1{draw.randint(0, 9)}*F",
                "NM1*PR*2*EXAMPLE PAYER*****PI*04412",
                f"CLM*PCN{done:08d}*{total // 100}.{total % 100:02d}***11:B:1*Y*A*Y*Y",
                "HI*ABK:M25561*ABF:M6281*ABF:R2689", f"NM1*82*1*SMITH{done % 31}*ALEX****XX*{renderers[done % 200]}",
                "PRV*PE*PXC*225100000X",
            ]  # fmt: skip
            for number, (code, charge) in enumerate(zip(draw.sample(CODES, LINES), charges, strict=True), start=1):
                own += [
                    f"LX*{number}",
                    f"SV1*HC:{code}:GP*{charge // 100}.{charge % 100:02d}*UN*{draw.randint(1, 3)}***1:2",
                    f"DTP*472*D8*{day}", f"REF*6R*L{done:08d}{number}",
                ]  # fmt: skip
        yield from own
        yield f"SE*{len(own) + 1}*{transactions:04d}"
    yield f"GE*{transactions}*1"
    yield "IEA*1*000000001"


def remittances_835(count: int, per_transaction: int = 1000, seed: int = 7) -> Iterator[str]:
    """Segments of remittances for claims of four services each; every sum balances."""
    draw = random.Random(seed)
    yield "ISA*00*          *00*          *ZZ*PAYERID        *ZZ*RECEIVERID     *260310*1200*^*00501*000000001*0*P*:"
    yield "GS*HP*PAYERID*RECEIVERID*20260310*1200*1*X*005010X221A1"
    done = transactions = 0
    while done < count:
        transactions += 1
        claims: list[str] = []
        paid = 0
        for _ in range(min(per_transaction, count - done)):
            done += 1
            charges = [draw.randint(6000, 15000) for _ in range(LINES)]
            total, kept = sum(charges), LINES * 4000
            paid += total - kept
            claims += [
                f"CLP*PCN{done:08d}*1*{money(total)}*{money(total - kept)}*{money(LINES * 1000)}*MB*ICN{done:09d}*11*1",
                f"NM1*QC*1*DOE{done % 977}*JANE****MI*1EG4TE5MK{done % 90 + 10}",
                "NM1*82*1*SMITH*ALEX****XX*1234567919",
            ]  # fmt: skip
            for number, charge in enumerate(charges, start=1):
                claims += [
                    f"SVC*HC:{CODES[number]}:GP*{money(charge)}*{money(charge - 4000)}**2", "DTM*472*20260203",
                    "CAS*CO*45*30", "CAS*PR*2*10", f"REF*6R*L{done:08d}{number}", f"AMT*B6*{money(charge - 3000)}",
                ]  # fmt: skip
        own = [
            f"ST*835*{transactions:04d}", f"BPR*I*{money(paid)}*C*CHK************20260310",
            f"TRN*1*T{transactions:06d}*1112223333", "DTM*405*20260310", "N1*PR*EXAMPLE PAYER", "N3*1 PAYER WAY",
            "N4*DALLAS*TX*75201", "PER*BL**TE*5555550100", "N1*PE*FIRST THERAPY GROUP*XX*1234567893", "LX*1",
        ]  # fmt: skip
        yield from own
        yield from claims
        yield f"SE*{len(own) + len(claims) + 1}*{transactions:04d}"
    yield f"GE*{transactions}*1"
    yield "IEA*1*000000001"


def money(cents: int) -> str:
    """Cents as X12 has them."""
    return f"{cents // 100}.{cents % 100:02d}"


def ours(snip: int) -> Callable[[str], tuple[int, int]]:
    """Our reader up to a SNIP type: claims and the charge in cents."""

    def run(path: str) -> tuple[int, int]:
        from quarterhour.interchange.x12 import Summary, stream

        summary = Summary()
        for _ in stream(path, snip=snip, summary=summary):
            pass
        assert not summary.defects, summary.defects
        return summary.claims, int(summary.charge)

    return run


def split_floor(path: str) -> tuple[int, int]:
    """What ``bytes.split`` alone takes: no table, and no sum but one of the claims' elements."""
    segments = Path(path).read_bytes().split(b"~\n")
    claims = [segment.split(b"*") for segment in segments if segment[:3] in {b"CLM", b"CLP"}]
    place = 2 if claims[0][0] == b"CLM" else 3
    return len(claims), sum(round(float(claim[place]) * 100) for claim in claims)


def openx12_reader(path: str) -> tuple[int, int]:
    """openx12: claims as objects, amounts as floats."""
    from openx12 import x835, x837p

    text = Path(path).read_text()
    if "ST*837" in text[:1000]:
        claims = x837p.parse(text).claims
        return len(claims), round(sum(claim["amount"] for claim in claims) * 100)
    claims = x835.parse(text).claims
    return len(claims), round(sum(claim["total_claim_charge"] for claim in claims) * 100)


def x12sdk_reader(path: str) -> tuple[int, int]:
    """x12sdk: validated models and their claims."""
    from x12sdk.io import X12ModelReader

    count = cents = 0
    with X12ModelReader(path) as reader:
        for model in reader.models():
            for claim in model.claims():
                count += 1
                cents += round(float(claim.charge) * 100)
    return count, cents


def pyx12_validate(path: str) -> tuple[int, int]:
    """pyx12: a verdict; counts are not given and are taken as right when it says the file is valid."""
    import io

    import pyx12.params
    import pyx12.x12n_document

    verdict = pyx12.x12n_document.x12n_document(
        param=pyx12.params.params(), src_file=path, fd_997=io.StringIO(), fd_html=None
    )
    assert verdict
    return -1, -1


def oxedi_reader(path: str) -> tuple[int, int]:
    """oxedi: all tables and diagnostics of an 835."""
    import oxedi

    result = oxedi.parse(Path(path).read_bytes())
    assert result.tables is not None
    return int(result.count_claims()), -1


def ours_written(path: str) -> tuple[int, int]:
    """Our writer: as many claims as the file at ``path`` has, out of domain records."""
    import datetime as dt

    from quarterhour.domain.claim import Claim, Line
    from quarterhour.domain.coverage import Coverage
    from quarterhour.domain.money import Cents
    from quarterhour.domain.visit import Patient, PersonName, Provider
    from quarterhour.interchange.x12.writing.claims import write_claims
    from quarterhour.interchange.x12.writing.pen import Envelope

    count = Path(path).read_bytes().count(b"\nCLM*")
    address = {"street": "100 Main Street", "city": "Dallas", "state": "TX", "zip": "752010001"}
    billing = Provider(npi="1234567893", name="First Therapy Group", tax_id="123456789", address=address)
    rendering = Provider(npi="1234567919", name="Alex Smith", credential="PT", taxonomy="225100000X")
    claims = [
        Claim(
            patient_control_number=f"PCN{at:08d}", claim_type="professional", payer="medicare-b",
            place_of_service="11", diagnoses=("M25.561", "M62.81"), billing_provider=billing,
            rendering_provider=rendering,
            lines=tuple(
                Line(
                    code=code, units=2, modifiers=("GP",), charge=Cents(9000 + at % 700), control_number=f"L{at}-{n}",
                    date_of_service=dt.date(2026, 2, 1 + at % 28), diagnosis_pointers=(1, 2),
                )
                for n, code in enumerate(CODES[:LINES], start=1)
            ),
            patient=Patient(
                name=PersonName(family=f"Doe{at % 977}", given="Jane"), birth_date=dt.date(1950, 5, 6), sex="F",
                address=address,
            ),
            coverage=Coverage(
                payer_name="Example Payer", payer_id="04412", member_id=f"1EG4TE5MK{at % 90 + 10}", filing="MB"
            ),
        )
        for at in range(count)
    ]  # fmt: skip
    envelope = Envelope(
        sender="SENDERID", receiver="RECEIVERID", created=dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC),
        submitter_name="First Therapy Group", contact_phone="5555550100", receiver_name="Example Payer",
    )  # fmt: skip
    begin = time.process_time()
    written = write_claims(claims, envelope)
    print(json.dumps({"cpu": time.process_time() - begin}))
    assert written.claims == count
    return -1, -1


ROWS: dict[str, Callable[[str], tuple[int, int]]] = {
    "bytes.split": split_floor,
    "quarterhour tables": ours(0),
    "quarterhour tables, SNIP 1-3": ours(3),
    "quarterhour tables, all types": ours(7),
    "openx12": openx12_reader,
    "x12sdk": x12sdk_reader,
    "pyx12 (verdict only)": pyx12_validate,
    "oxedi": oxedi_reader,
    "quarterhour written": ours_written,
}
PEERS = ("openx12", "x12sdk", "pyx12 (verdict only)", "oxedi")
SLOW = ("x12sdk", "pyx12 (verdict only)")
WARM = 10
PLANS = {
    "837P": ("bytes.split", "quarterhour tables", "quarterhour tables, SNIP 1-3", "quarterhour tables, all types",
             "openx12", "x12sdk", "pyx12 (verdict only)", "quarterhour written"),
    "835": ("bytes.split", "quarterhour tables", "quarterhour tables, SNIP 1-3", "quarterhour tables, all types",
            "openx12", "x12sdk", "pyx12 (verdict only)", "oxedi"),
}  # fmt: skip


def made(kind: str, count: int, path: Path) -> None:
    """A file of claims or remittances, written segment by segment: a parent's memory would count as its children's."""
    make = claims_837 if kind == "837P" else remittances_835
    with path.open("w", encoding="ascii") as out:
        out.writelines(segment + "~\n" for segment in make(count))


def child(row: str, path: str, warm: str) -> None:
    """One row in this process, after a file of ten claims: prints CPU seconds, memory, and the answer."""
    ROWS[row](warm)
    begin = time.process_time()
    claims, cents = ROWS[row](path)
    used = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu_all": used, "mb": memory, "claims": claims, "cents": cents}))


def measure(row: str, path: Path, warm: Path, python: str) -> dict[str, float] | None:
    """One run of one row; none where the peer is not installed or fails."""
    run = subprocess.run(
        [python, __file__, "--child", row, "--file", str(path), "--warm", str(warm)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        print(f"  {row}: {run.stderr.strip().splitlines()[-1] if run.stderr.strip() else 'failed'}")
        return None
    found: dict[str, float] = {}
    for line in run.stdout.splitlines():
        if line.startswith("{"):
            found |= json.loads(line)
    found.setdefault("cpu", found["cpu_all"])
    return found


def compare(kind: str, claims: int, repeats: int, peers: str, folder: Path) -> None:
    """All rows of a kind of file, in turn."""
    sizes = {claims, max(claims // 20, 500), WARM}
    files = {}
    for size in sizes:
        files[size] = folder / f"{kind}-{size}.edi"
        made(kind, size, files[size])
    best: dict[str, dict[str, float]] = {}
    for _ in range(repeats):
        for row in PLANS[kind]:
            size = max(claims // 20, 500) if row in SLOW else claims
            found = measure(row, files[size], files[WARM], peers if row in PEERS else sys.executable)
            if found is None:
                continue
            assert found["claims"] in {-1, size}, (row, found)
            found["rate"] = size / found["cpu"]
            if row not in best or found["rate"] > best[row]["rate"]:
                best[row] = found
    floor = best["bytes.split"]["rate"]
    cents = best["bytes.split"]["cents"]
    print(f"\n{kind}, {claims} claims of {LINES} lines, {files[claims].stat().st_size / 1e6:.1f} MB")
    print(f"{'':32}{'claims/s':>12}{'of split':>10}{'peak MB':>10}")
    for row, found in best.items():
        if found["cents"] not in {-1, cents} and row not in SLOW:
            print(f"{row:32} wrong charge: {found['cents']:.0f}, not {cents:.0f}")
            continue
        print(f"{row:32}{found['rate']:12,.0f}{found['rate'] / floor:10.3f}{found['mb']:10.0f}")
    own = best["quarterhour tables"]["rate"]
    for row in PEERS:
        if row in best:
            checked = best["quarterhour tables, SNIP 1-3"]["rate"]
            print(f"  tables / {row}: {own / best[row]['rate']:.1f}; with SNIP 1-3: {checked / best[row]['rate']:.1f}")


def million(folder: Path) -> None:
    """Memory of a file of a million claims beside one of a tenth of it."""
    warm = folder / "837P-warm.edi"
    made("837P", WARM, warm)
    for count in (100_000, 1_000_000):
        path = folder / f"837P-{count}.edi"
        made("837P", count, path)
        found = measure("quarterhour tables, all types", path, warm, sys.executable)
        if found:
            rate, size = count / found["cpu"], path.stat().st_size / 1e6
            print(f"{count} claims, {size:.0f} MB: {rate:,.0f} claims/s, {found['mb']:.0f} MB")
        path.unlink()


def main() -> None:
    """Read the arguments and run."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--claims", type=int, default=100_000)
    arguments.add_argument("--repeats", type=int, default=3)
    arguments.add_argument("--peers", default=sys.executable)
    arguments.add_argument("--million", action="store_true")
    arguments.add_argument("--child")
    arguments.add_argument("--file")
    arguments.add_argument("--warm")
    given = arguments.parse_args()
    if given.child:
        child(given.child, given.file, given.warm)
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in PLANS:
            compare(kind, given.claims, given.repeats, given.peers, Path(folder))
        if given.million:
            million(Path(folder))


if __name__ == "__main__":
    main()
