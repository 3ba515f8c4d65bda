"""Files damaged at random, and what must hold of reading any bytes at all."""

import random

from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.x12 import read, write
from quarterhour.interchange.x12.kinds import outside

SIGNS = b"*~:^\n\r |'<>\x00\xef\xbb\xbf\x1d0129.-AZaz\xff"
WORDS = (b"ISA*", b"GS*HC*", b"ST*837*0001~", b"HL*9**20*1~", b"CLM*", b"SV1*HC:97530*1~", b"LX*1~", b"SE*1*1~",
b"CLP*1*1*1*1~", b"IEA*1*1~",
         b"999999999999999999999", b"SVD*", b"PLB*", b"HI*ABK:", b"AK2*837*1~", b"IK5*A~", b"STC*A1:20~", b"\xff\xfe",
         b"ISA|")  # fmt: skip


def damaged(data: bytes, draw: random.Random) -> bytes:
    """The bytes with one to eight things done to them."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(made) + 1)
        kind = draw.randrange(7)
        if kind == 0:
            made[at : at + 1] = bytes([draw.choice(SIGNS)])
        elif kind == 1:
            del made[at : at + draw.randint(1, 60)]
        elif kind == 2:
            made[at:at] = draw.choice(WORDS)
        elif kind == 3:
            begin = draw.randrange(len(made) + 1)
            made[at:at] = made[begin : begin + draw.randint(1, 200)]
        elif kind == 4:
            made = made[:at] if draw.random() < 0.2 else made
        elif kind == 5:
            old, new = draw.choice(SIGNS), draw.choice(SIGNS)
            made = bytearray(bytes(made).replace(bytes([old]), bytes([new])))
        else:
            made[at:at] = bytes(draw.randrange(256) for _ in range(draw.randint(1, 5)))
        if not made:
            break
    return bytes(made)


def holds(data: bytes, *sizes: int) -> None:
    """Any bytes are refused as unreadable, or read, told of, and written back as they were, in parts of any size.

    Raises:
        AssertionError: if one of these does not hold.

    """
    try:
        whole = read(data)
    except Unreadable:
        return
    assert write(whole) == data
    for kind in whole.tables.values():
        for table in kind.values():
            assert len(table.records()) == table.rows
    for size in sizes:
        part = read(data, size=size)
        assert write(part) == data
        # What stands in no transaction is of the kind its own segments tell, and a smaller part has fewer of them.
        if any(outside(chunk.segments).size for chunk in whole.chunks):
            continue
        assert (part.summary.claims, part.summary.lines, part.summary.charge, part.summary.segments) == (
            whole.summary.claims, whole.summary.lines, whole.summary.charge, whole.summary.segments,
        )  # fmt: skip
