"""The tables that can be imported, and what each column holds.

Everything is a whole number or a short text, so that nothing is rounded and every column can be mapped from its file.
Codes and modifiers are the numbers of ``domain.code`` (0 where there is none), days are ordinals, money is cents,
relative values are hundredths, cost indices thousandths, conversion factors ten-thousandths.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

#: The last day of what has no end; it fits 32 bits.
FOREVER: Final = dt.date.max.toordinal()


class Form(msgspec.Struct, frozen=True):
    """A table. ``tells_history``: an edition holds what was in force on every earlier day too, so one is enough."""

    title: str
    columns: dict[str, str]
    tells_history: bool = False
    unique: tuple[str, ...] = ()
    """the columns that no two rows of an edition share"""


#: Column 1 times 36**5 plus column 2; first and last day in force; modifier indicator; 1 if older than 1996.
_PAIRS: Final = {"key": "i8", "first": "i4", "last": "i4", "indicator": "i1", "before_1996": "i1"}
#: Most units; adjudication indicator, 0 where the file has none.
_UNLIKELY: Final = {"code": "i8", "units": "i4", "adjudication": "i1"}

FORMS: Final[dict[str, Form]] = {
    "ptp-professional": Form("NCCI pair edits, practitioners (Medicare)", _PAIRS, tells_history=True),
    "ptp-institutional": Form("NCCI pair edits, outpatient hospital (Medicare)", _PAIRS, tells_history=True),
    "ptp-medicaid-professional": Form("NCCI pair edits, practitioners (Medicaid)", _PAIRS, tells_history=True),
    "ptp-medicaid-institutional": Form("NCCI pair edits, outpatient hospital (Medicaid)", _PAIRS, tells_history=True),
    "ptp-medicaid-equipment": Form("NCCI pair edits, medical equipment (Medicaid)", _PAIRS, tells_history=True),
    "mue-professional": Form("MUE, practitioners (Medicare)", _UNLIKELY, unique=("code",)),
    "mue-institutional": Form("MUE, outpatient hospital (Medicare)", _UNLIKELY, unique=("code",)),
    "mue-equipment": Form("MUE, medical equipment suppliers (Medicare)", _UNLIKELY, unique=("code",)),
    "mue-medicaid-professional": Form("MUE, practitioners (Medicaid)", _UNLIKELY, unique=("code",)),
    "mue-medicaid-institutional": Form("MUE, outpatient hospital (Medicaid)", _UNLIKELY, unique=("code",)),
    "mue-medicaid-equipment": Form("MUE, medical equipment suppliers (Medicaid)", _UNLIKELY, unique=("code",)),
    # ``primary`` 0: the contractor decides which codes may stand beside it.
    "add-on": Form(
        "Add-on codes and their primary codes",
        {"add_on": "i8", "primary": "i8", "type": "i1", "first": "i4", "last": "i4"},
        tells_history=True,
        unique=("add_on", "primary", "first"),
    ),
    # ``qualifying``: 1 in the file of qualifying APM participants, 0 in that of all others, -1 in one file for all.
    "pprrvu": Form(
        "Relative values of the Physician Fee Schedule",
        {
            "code": "i8",
            "modifier": "i4",
            "status": "S1",
            "not_used": "S1",
            "work": "i4",
            "pe_nonfacility": "i4",
            "pe_facility": "i4",
            "mp": "i4",
            "na_nonfacility": "?",
            "na_facility": "?",
            "pctc": "S1",
            "global_days": "S3",
            "multiple": "S1",
            "conversion_factor": "i4",
            "qualifying": "i1",
        },
        unique=("code", "modifier"),
    ),
    "gpci": Form(
        "Geographic practice cost indices",
        {"carrier": "i4", "locality": "i2", "state": "S2", "name": "U", "work": "i4", "pe": "i4", "mp": "i4"},
        unique=("carrier", "locality"),
    ),
    "locality": Form(
        "Fee schedule areas and their counties",
        {"carrier": "i4", "locality": "i2", "state": "U", "area": "U", "counties": "U"},
        unique=("carrier", "locality"),
    ),
    "zip": Form(
        "ZIP codes and their localities",
        {"zip": "i4", "state": "S2", "carrier": "i4", "locality": "i2", "rural": "S1", "plus_four": "?"},
        unique=("zip",),
    ),
    "zip9": Form(
        "ZIP+4 codes whose locality is not that of their ZIP code",
        {"zip": "i4", "plus_four": "i2", "state": "S2", "carrier": "i4", "locality": "i2", "rural": "S1"},
        unique=("zip", "plus_four"),
    ),
    # ``therapy_*``: the amounts with the practice expense at 50%, as the file gives them where ``multiple`` is 5.
    "pfall": Form(
        "Fee schedule amounts by carrier and locality",
        {
            "carrier": "i4",
            "locality": "i2",
            "code": "i8",
            "modifier": "i4",
            "nonfacility": "i8",
            "facility": "i8",
            "pctc": "S1",
            "status": "S1",
            "multiple": "S1",
            "therapy_nonfacility": "i8",
            "therapy_institutional": "i8",
        },
        unique=("carrier", "locality", "code", "modifier"),
    ),
    # ``kind``: C a procedure code, M a modifier. ``last`` is FOREVER where the file has no end.
    "hcpcs": Form(
        "HCPCS Level II codes and modifiers",
        {"kind": "S1", "code": "i8", "added": "i4", "first": "i4", "last": "i4", "action": "S1", "coverage": "S1"},
        unique=("kind", "code"),
    ),
    "icd10cm": Form("ICD-10-CM codes", {"code": "S7", "billable": "?"}, unique=("code",)),
}
