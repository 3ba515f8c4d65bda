"""Where the boxes of the CMS-1500 (02/12) are printed: 79 columns from 0.3 inch, line 9 from 1.33 inch.

The numbers of items and the places of data are the form's; the words are ours. Six service lines of two printed lines
each, the upper one shaded on the form.
"""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.paper import Field

FORM: Final = "CMS-1500 (02/12)"
LINES_A_PAGE: Final = 6
#: Printed lines from one service line to the next.
SPACING: Final = 2
#: Inches from the left edge of the sheet to column 1; line 1 begins at the upper edge.
LEFT: Final = 0.3

YES_NO: Final = (("yes", 35), ("no", 41))
DIAGNOSES: Final = "ABCDEFGHIJKL"

_HEAD: Final = (
    Field("carrier.name", "Payer: name", 3, 41, 39),
    Field("carrier.street", "Payer: street", 4, 41, 39),
    Field("carrier.street2", "Payer: second line of the street", 5, 41, 39),
    Field("carrier.place", "Payer: city, state, ZIP code", 6, 41, 39, tail=2),
    Field(
        "1", "Kind of coverage", 9, 1,
        choices=(("medicare", 1), ("medicaid", 8), ("tricare", 15), ("champva", 24), ("group health plan", 31),
                 ("feca black lung", 39), ("other", 45)),
    ),
    Field("1a", "Insured's identifier", 9, 50, 29, exact=True),
    Field("2", "Patient's name", 11, 1, 28),
    Field("3", "Patient's birth date", 11, 31, 10),
    Field("3.sex", "Patient's sex", 11, 42, choices=(("M", 42), ("F", 47))),
    Field("4", "Insured's name", 11, 50, 29),
    Field("5", "Patient's street", 13, 1, 28),
    Field(
        "6", "Patient is the insured's", 13, 33, choices=(("self", 33), ("spouse", 38), ("child", 42), ("other", 47))
    ),
    Field("7", "Insured's street", 13, 50, 29),
    Field("5.city", "Patient's city", 15, 1, 24),
    Field("5.state", "Patient's state", 15, 26, 3, exact=True),
    Field("7.city", "Insured's city", 15, 50, 23),
    Field("7.state", "Insured's state", 15, 74, 4, exact=True),
    Field("5.zip", "Patient's ZIP code", 17, 1, 12, exact=True),
    Field("5.phone", "Patient's telephone", 17, 15, 13),
    Field("7.zip", "Insured's ZIP code", 17, 50, 12, exact=True),
    Field("7.phone", "Insured's telephone", 17, 65, 13),
    Field("9", "Other insured's name", 19, 1, 28),
    Field("11", "Insured's policy, group or FECA number", 19, 50, 29, exact=True),
    Field("9a", "Other insured's policy or group number", 21, 1, 28, exact=True),
    Field("10a", "Condition from employment", 21, 35, choices=YES_NO),
    Field("11a", "Insured's birth date", 21, 53, 10),
    Field("11a.sex", "Insured's sex", 21, 68, choices=(("M", 68), ("F", 75))),
    Field("10b", "From a car accident", 23, 35, choices=YES_NO),
    Field("10b.state", "State of the accident", 23, 45, 2, exact=True),
    Field("11b", "Other claim identifier", 23, 50, 29, exact=True),
    Field("10c", "From another accident", 25, 35, choices=YES_NO),
    Field("11c", "Insurance plan or program", 25, 50, 29),
    Field("9d", "Other insurance plan or program", 27, 1, 28),
    Field("10d", "Claim codes", 27, 30, 19),
    Field("11d", "Another health plan", 27, 52, choices=(("yes", 52), ("no", 57))),
    Field("12", "Patient's signature", 31, 7, 25),
    Field("12.date", "Date of the signature", 31, 37, 10),
    Field("13", "Insured's signature", 31, 56, 23),
    Field("14", "Date of illness or injury", 33, 2, 10),
    Field("14.qualifier", "What date that is", 33, 16, 3, exact=True),
    Field("15.qualifier", "What date the other is", 33, 31, 3, exact=True),
    Field("15", "Other date", 33, 37, 10),
    Field("16.from", "Unable to work from", 33, 54, 10),
    Field("16.to", "Unable to work to", 33, 68, 10),
    Field("17a.qualifier", "What identifier that is", 34, 30, 2, exact=True),
    Field("17a", "Referring: other identifier", 34, 33, 16, exact=True),
    Field("17.qualifier", "Referring, ordering or supervising", 35, 1, 2, exact=True),
    Field("17", "Name of referring provider", 35, 4, 24),
    Field("17b", "Referring: NPI", 35, 33, 10, exact=True),
    Field("18.from", "In hospital from", 35, 54, 10),
    Field("18.to", "In hospital to", 35, 68, 10),
    Field("19", "Additional information", 37, 1, 47, before=(36, 25, 24)),
    Field("20", "Outside laboratory", 37, 52, choices=(("yes", 52), ("no", 57))),
    Field("20.charge", "Its charge", 37, 62, 8, right=True),
    Field("21.indicator", "Version of the diagnosis codes", 38, 42, 1, exact=True),
)  # fmt: skip
_DIAGNOSES: Final = tuple(
    Field(f"21{letter}", f"Diagnosis {letter}", 39 + number // 4, 3 + 13 * (number % 4), 8, exact=True)
    for number, letter in enumerate(DIAGNOSES)
)
_MIDDLE: Final = (
    Field("22", "Resubmission code", 39, 50, 11, exact=True),
    Field("22.reference", "Original reference number", 39, 62, 17, exact=True),
    Field("23", "Prior authorisation number", 41, 50, 29, exact=True),
)
_ROWS: Final = (
    Field("24.supplement", "Supplemental information (shaded)", 44, 1, 61, row=True),
    Field("24I.shaded", "What identifier that is", 44, 65, 2, row=True, exact=True),
    Field("24J.shaded", "Rendering: other identifier", 44, 68, 11, row=True, exact=True),
    Field("24A.from", "Date of service, from", 45, 1, 8, row=True),
    Field("24A.to", "Date of service, to", 45, 10, 8, row=True),
    Field("24B", "Place of service", 45, 19, 2, row=True, exact=True),
    Field("24C", "Emergency", 45, 22, 2, row=True),
    Field("24D", "Procedure code", 45, 25, 6, row=True, exact=True),
    Field("24D.modifiers", "Modifiers", 45, 33, 11, row=True, exact=True),
    Field("24E", "Diagnosis pointers", 45, 45, 4, row=True, exact=True),
    Field("24F", "Charge", 45, 50, 8, right=True, row=True, exact=True),
    Field("24G", "Units", 45, 59, 3, right=True, row=True, exact=True),
    Field("24H", "EPSDT, family plan", 45, 63, 1, row=True),
    Field("24J", "Rendering: NPI", 45, 68, 10, row=True, exact=True),
)
_FOOT: Final = (
    Field("25", "Tax identification number", 57, 1, 15, exact=True),
    Field("25.kind", "Kind of number", 57, 17, choices=(("ssn", 17), ("ein", 19))),
    Field("26", "Patient's account number", 57, 23, 14, exact=True),
    Field("27", "Accepts assignment", 57, 38, choices=(("yes", 38), ("no", 43))),
    Field("28", "Total charge", 57, 51, 9, right=True, exact=True),
    Field("29", "Amount paid", 57, 62, 8, right=True, exact=True),
    Field("33.phone", "Billing provider: telephone", 58, 66, 13),
    Field("32.name", "Where furnished: name", 59, 23, 26),
    Field("33.name", "Billing provider: name", 59, 50, 29),
    Field("32.street", "Where furnished: street", 60, 23, 26),
    Field("33.street", "Billing provider: street", 60, 50, 29),
    Field("31", "Signature of provider", 61, 1, 21),
    Field("32.place", "Where furnished: city, state, ZIP code", 61, 23, 26, tail=2),
    Field("33.place", "Billing provider: city, state, ZIP code", 61, 50, 29, tail=2),
    Field("31.date", "Date of the signature", 62, 12, 10),
    Field("32a", "Where furnished: NPI", 62, 24, 10, exact=True),
    Field("32b", "Where furnished: other identifier", 62, 35, 14, exact=True),
    Field("33a", "Billing provider: NPI", 62, 51, 10, exact=True),
    Field("33b", "Billing provider: other identifier", 62, 62, 17, exact=True),
)
FIELDS: Final = {field.box: field for field in (*_HEAD, *_DIAGNOSES, *_MIDDLE, *_ROWS, *_FOOT)}
