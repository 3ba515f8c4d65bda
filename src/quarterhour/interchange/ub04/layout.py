"""Where the form locators of the UB-04 (CMS-1450) are printed: 82 columns from 0.15 inch, 66 lines.

The numbers of form locators and the places of data are the form's; the words are ours, none are the NUBC's. 22 service
lines a page, and a 23rd line for the page and the sums.
"""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.paper import Field

FORM: Final = "UB-04 (CMS-1450)"
LINES_A_PAGE: Final = 22
SPACING: Final = 1
LEFT: Final = 0.15
PAYERS: Final = "ABC"
DIAGNOSES: Final = "ABCDEFGHIJKLMNOPQ"
CONDITIONS: Final = tuple(range(18, 29))
OCCURRENCES: Final = tuple(f"{number}{row}" for row in "ab" for number in range(31, 35))
SPANS: Final = tuple(f"{number}{row}" for row in "ab" for number in (35, 36))
VALUES: Final = tuple(f"{number}{row}" for row in "abcd" for number in (39, 40, 41))

_HEAD: Final = (
    Field("1.name", "Billing provider: name", 2, 1, 25),
    Field("1.street", "Billing provider: street", 3, 1, 25),
    Field("1.place", "Billing provider: city, state, ZIP code", 4, 1, 25, tail=2),
    Field("1.phone", "Billing provider: telephone", 5, 1, 12),
    Field("3a", "Patient control number", 2, 54, 20, exact=True),
    Field("3b", "Medical record number", 3, 54, 24, exact=True),
    Field("4", "Type of bill", 3, 78, 4, exact=True),
    Field("5", "Tax identification number", 5, 51, 10, exact=True),
    Field("6.from", "Statement from", 5, 62, 6, exact=True),
    Field("6.to", "Statement to", 5, 69, 6, exact=True),
    Field("8a", "Patient's identifier", 6, 12, 19),
    Field("8b", "Patient's name", 7, 2, 29),
    Field("9a", "Patient's street", 6, 42, 40),
    Field("9b", "Patient's city", 7, 32, 30),
    Field("9c", "Patient's state", 7, 65, 2, exact=True),
    Field("9d", "Patient's ZIP code", 7, 69, 10, exact=True),
    Field("10", "Birth date", 9, 1, 8, exact=True),
    Field("11", "Sex", 9, 10, 1, exact=True),
    Field("12", "Admission or start of care", 9, 13, 6, exact=True),
    Field("13", "Hour of admission", 9, 19, 2, exact=True),
    Field("14", "Type of admission", 9, 22, 1, exact=True),
    Field("15", "Point of origin", 9, 25, 1, exact=True),
    Field("16", "Hour of discharge", 9, 28, 2, exact=True),
    Field("17", "Patient status", 9, 31, 2, exact=True),
    *(Field(str(fl), "Condition code", 9, 34 + 3 * place, 2, exact=True) for place, fl in enumerate(CONDITIONS)),
    Field("29", "State of the accident", 9, 67, 2, exact=True),
)
_OCCURRENCES: Final = tuple(
    field
    for place, box in enumerate(OCCURRENCES)
    for field in (
        Field(box, "Occurrence code", 11 + place // 4, 1 + 10 * (place % 4), 2, exact=True),
        Field(f"{box}.on", "Date of the occurrence", 11 + place // 4, 5 + 10 * (place % 4), 6, exact=True),
    )
)
_SPANS: Final = tuple(
    field
    for place, box in enumerate(SPANS)
    for field in (
        Field(box, "Occurrence span code", 11 + place // 2, (41, 58)[place % 2], 2, exact=True),
        Field(f"{box}.from", "First day of the span", 11 + place // 2, (45, 62)[place % 2], 6),
        Field(f"{box}.to", "Last day of the span", 11 + place // 2, (52, 69)[place % 2], 6),
    )
)
_VALUES: Final = tuple(
    field
    for place, box in enumerate(VALUES)
    for field in (
        Field(box, "Value code", 14 + place // 3, 44 + 13 * (place % 3), 2, exact=True),
        Field(f"{box}.amount", "Its amount", 14 + place // 3, 47 + 13 * (place % 3), 10, right=True, exact=True),
    )
)
_PAYER: Final = (
    Field("38.name", "Payer: name", 13, 1, 42),
    Field("38.street", "Payer: street", 14, 1, 42),
    Field("38.street2", "Payer: second line of the street", 15, 1, 42),
    Field("38.place", "Payer: city, state, ZIP code", 16, 1, 42, tail=2),
)
_ROWS: Final = (
    Field("42", "Revenue code", 19, 1, 4, row=True, exact=True),
    Field("43", "What that is", 19, 6, 24, row=True),
    Field("44", "Procedure code and modifiers", 19, 31, 14, row=True, exact=True),
    Field("45", "Date of service", 19, 46, 6, row=True, exact=True),
    Field("46", "Units", 19, 53, 7, right=True, row=True, exact=True),
    Field("47", "Charge", 19, 60, 10, right=True, row=True, exact=True),
    Field("48", "Charge not covered", 19, 70, 10, right=True, row=True),
)
_SUMS: Final = (
    Field("42.sum", "Revenue code of the sum", 41, 1, 4, exact=True),
    Field("43.page", "Page", 41, 16, 3, right=True),
    Field("43.pages", "Pages", 41, 22, 3, right=True),
    Field("45.created", "Date of the bill", 41, 46, 6),
    Field("47.sum", "Sum of charges", 41, 60, 10, right=True, exact=True),
)
_PAYERS: Final = tuple(
    field
    for place, letter in enumerate(PAYERS)
    for field in (
        Field(f"50{letter}", "Payer", 43 + place, 1, 22),
        Field(f"51{letter}", "Payer's identifier", 43 + place, 24, 14, exact=True),
        Field(f"52{letter}", "Release of information", 43 + place, 39, 1, exact=True),
        Field(f"53{letter}", "Benefits assigned", 43 + place, 42, 1, exact=True),
        Field(f"54{letter}", "Paid so far", 43 + place, 44, 10, right=True, exact=True),
        Field(f"57{letter}", "Billing provider: other identifier", 43 + place, 68, 15),
        Field(f"58{letter}", "Insured's name", 47 + place, 1, 25),
        Field(f"59{letter}", "Patient is the insured's", 47 + place, 27, 2, exact=True),
        Field(f"60{letter}", "Insured's identifier", 47 + place, 30, 19, exact=True),
        Field(f"61{letter}", "Group name", 47 + place, 50, 14),
        Field(f"62{letter}", "Group number", 47 + place, 65, 17, exact=True),
        Field(f"63{letter}", "Authorisation number", 51 + place, 1, 30, exact=True),
        Field(f"64{letter}", "Payer's claim number", 51 + place, 32, 25, exact=True),
    )
)
_FOOT: Final = (
    Field("56", "Billing provider: NPI", 42, 68, 15, exact=True),
    Field("66", "Version of the diagnosis codes", 55, 1, 1, exact=True),
    Field("67", "Principal diagnosis", 54, 2, 7, exact=True),
    *(
        Field(f"67{letter}", "Other diagnosis", 54 + (place + 1) // 9, 2 + 8 * ((place + 1) % 9), 7, exact=True)
        for place, letter in enumerate(DIAGNOSES)
    ),
    *(
        field
        for box, what, line in (("76", "Attending", 57), ("77", "Operating", 59), ("78", "Other provider", 61),
                                ("79", "Other provider", 63))
        for field in (
            Field(f"{box}.role", f"{what}: role", line, 56, 2),
            Field(f"{box}.npi", f"{what}: NPI", line, 59, 11, exact=True),
            Field(f"{box}.qualifier", f"{what}: kind of other identifier", line, 72, 2),
            Field(f"{box}.id", f"{what}: other identifier", line, 74, 9),
            Field(f"{box}.family", f"{what}: family name", line + 1, 53, 16),
            Field(f"{box}.given", f"{what}: given name", line + 1, 71, 12),
        )
    ),
    *(Field(f"80.{row}", "Remarks", 60 + row, 1, 24) for row in range(1, 5)),
    *(
        field
        for place, row in enumerate("abcd")
        for field in (
            Field(f"81{row}.qualifier", "Kind of code", 61 + place, 27, 2),
            Field(f"81{row}.code", "Code", 61 + place, 29, 10, exact=True),
            Field(f"81{row}.value", "Its value", 61 + place, 39, 12),
        )
    ),
)  # fmt: skip
FIELDS: Final = {
    field.box: field
    for field in (
        *_HEAD, *_OCCURRENCES, *_SPANS, *_PAYER, *_VALUES, *_ROWS, *_SUMS, *_PAYERS, *_FOOT,
    )
}  # fmt: skip
