"""Reading visit records: what is accepted, and what is said of what is not, with its place."""

import json
import re
import typing

import msgspec
import pytest

from quarterhour.domain.people import ADDRESS_KEYS
from quarterhour.domain.visit import Visit
from quarterhour.interchange import parties
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.visit_json import read, read_values, shown_pointer
from quarterhour.interchange.visit_json.places import line_and_column, lines_and_columns, offsets

VISIT = {
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "services": [{"code": "97530", "minutes": 24, "modifiers": ["GP"]}],
}
NO_CODE = "expected a procedure code such as 97530 or G0283"
#: Stands where a message must never repeat what stands there.
CANARY = "Zebedee Quillfeather"


def told(content, **options):
    """The messages of a reading, each with its pointer."""
    text = content if isinstance(content, str) else json.dumps(content)
    return [(defect.pointer, defect.message) for defect in read(text.encode(), **options).defects]


def with_(**changes):
    return VISIT | changes


def service(**changes):
    return with_(services=[VISIT["services"][0] | changes])


@pytest.mark.parametrize(
    "text, number",
    [
        (json.dumps(VISIT), 1),
        (json.dumps(VISIT, indent=4), 1),
        (json.dumps([VISIT, VISIT]), 2),
        (json.dumps({"visits": [VISIT, VISIT, VISIT]}), 3),
        (json.dumps({"format": 1, "visits": [VISIT]}), 1),
        (json.dumps(VISIT) + "\n" + json.dumps(VISIT) + "\n", 2),
        (json.dumps(VISIT) + "\r\n\r\n" + json.dumps(VISIT), 2),
        ('{"visits": []}', 0),
        ("", 0),
        (" \n", 0),
        ("\ufeff" + json.dumps(VISIT), 1),
    ],
    ids=[
        "object",
        "pretty",
        "list",
        "visits",
        "format",
        "lines",
        "crlf",
        "no visits",
        "empty",
        "blank",
        "byte order mark",
    ],
)
def test_every_shape_of_a_file_of_visits_is_read(text, number):
    reading = read(text.encode())
    assert (len(reading.visits), reading.defects) == (number, ())


def test_only_a_date_and_services_or_a_note_are_needed_beside_a_payer():
    assert told({"date_of_service": "2026-03-04", "payer": "medicare-b", "note": {"text": "S: well"}}) == []
    assert told({"date_of_service": "2026-03-04", "services": [{"code": "97530"}]}, payer_needed=False) == []
    assert told({"date_of_service": "2026-03-04"}) == [
        ("", "a visit needs services or a note"),
        ("", "no payer: the record names none and no default is given"),
    ]
    assert told({"payer": "medicare-b", "services": [{"code": "97530"}]}) == [("", "date_of_service is missing")]


def test_a_well_formed_code_nobody_knows_is_read():
    assert told(service(code="99999")) == []


@pytest.mark.parametrize(
    "record, pointer, message",
    [
        (with_(servces=[]), "/servces", 'unknown key "servces" of a visit; did you mean "services"?'),
        (
            with_(dateOfService="x"),
            "/dateOfService",
            'unknown key "dateOfService" of a visit; did you mean "date_of_service"?',
        ),
        (service(minuts=5), "/services/0/minuts", 'unknown key "minuts" of a service; did you mean "minutes"?'),
        (
            with_(date_of_service="2026-02-30"),
            "/date_of_service",
            'expected a date such as "2026-03-04", got a day that is not in the calendar',
        ),
        (
            with_(date_of_service="03/04/2026"),
            "/date_of_service",
            'expected a date such as "2026-03-04", got a text of the form ##/##/####',
        ),
        (
            with_(date_of_service=20260304),
            "/date_of_service",
            'expected a date such as "2026-03-04", got a number of 8 digits',
        ),
        (service(minutes=-5), "/services/0/minutes", "minutes cannot be negative"),
        (service(minutes=99999), "/services/0/minutes", "minutes cannot be more than 1440, got a number of 5 digits"),
        (
            service(minutes=22.5),
            "/services/0/minutes",
            "expected a whole number of minutes, got a number with a fraction",
        ),
        (service(minutes="24"), "/services/0/minutes", "expected a whole number of minutes, got a text of 2 digits"),
        (service(minutes=True), "/services/0/minutes", "expected a whole number of minutes, got true"),
        (service(units=1000), "/services/0/units", "units cannot be more than 999, got a number of 4 digits"),
        (
            service(code=None),
            "/services/0/code",
            "expected a procedure code such as 97530 or G0283, got null",
        ),
        (
            service(code="9753"),
            "/services/0/code",
            "expected a procedure code such as 97530 or G0283, got a text of 4 digits",
        ),
        (
            service(code="g0283"),
            "/services/0/code",
            f"{NO_CODE}, got a text of 5 characters; its letters must be capitals",
        ),
        (
            service(code=97530),
            "/services/0/code",
            f"{NO_CODE}, got a number of 5 digits; a code is a text, between quotes",
        ),
        (
            service(code="97530\n"),
            "/services/0/code",
            "expected a procedure code such as 97530 or G0283, got a text of 6 characters; it has blanks around it",
        ),
        (
            service(modifiers=["gp"]),
            "/services/0/modifiers/0",
            "expected a modifier such as GP or 59, got a text of 2 letters; its letters must be capitals",
        ),
        (
            service(modifiers=["GP", 59]),
            "/services/0/modifiers/1",
            "expected a modifier such as GP or 59, got a number of 2 digits; a modifier is a text, between quotes",
        ),
        (service(modifiers="GP"), "/services/0/modifiers", "expected a list (modifiers), got a text"),
        (
            service(charge="84,00"),
            "/services/0/charge",
            'expected an amount such as "34.61", got one with a comma before the cents, where a point belongs',
        ),
        (
            service(charge="#N/A"),
            "/services/0/charge",
            'expected an amount such as "34.61", got the error of a spreadsheet\'s formula',
        ),
        (
            service(charge="about 80"),
            "/services/0/charge",
            'expected an amount such as "34.61", got a text that is none',
        ),
        (service(charge=34.61), "/services/0/charge", 'expected an amount as a text such as "34.61", got a number'),
        (
            service(intervals=[["9:00", "25:00"]]),
            "/services/0/intervals/0/1",
            'expected a time of day such as "09:05", got "25:00"',
        ),
        (
            service(intervals=[["9:00"]]),
            "/services/0/intervals/0",
            'expected a start and an end such as ["09:00", "09:24"], got a list of 1',
        ),
        (
            service(mode="group session"),
            "/services/0/mode",
            "expected one of one-on-one, group, concurrent, co-treatment; got a text of 13 characters",
        ),
        (
            with_(discipline="pt"),
            "/discipline",
            'expected one of PT, OT, SLP; got a text of 2 letters; did you mean "PT"?',
        ),
        (
            with_(place_of_service=11),
            "/place_of_service",
            'expected a place of service of two digits such as "11", got a number of 2 digits',
        ),
        (with_(date_of_service=None), "/date_of_service", 'expected a date such as "2026-03-04", got null'),
        (with_(services=["97530"]), "/services/0", "expected an object (service), got a text"),
        (with_(patient="x"), "/patient", "expected an object (patient), got a text"),
        (with_(note={"text": 5}), "/note/text", "expected a text, got a number"),
    ],
)
def test_each_slip_is_told_with_its_place(record, pointer, message):
    assert told(record) == [(pointer, message)]


def test_an_unlike_key_is_answered_with_the_known_ones():
    ((_, message),) = told(service(zzz=1))
    assert message.startswith('unknown key "zzz" of a service; known are code, minutes, ')


def test_all_slips_of_one_visit_are_told_together_and_the_others_are_read():
    broken = service(minutes=-1, units="two", modifiers=["GPX"]) | {"discipline": "XX", "nonsense": 1}
    reading = read(json.dumps({"visits": [VISIT, broken, VISIT]}).encode())
    assert [one.pointer for one in reading.visits] == ["/visits/0", "/visits/2"]
    assert [defect.pointer for defect in reading.defects] == [
        "/visits/1/services/0/minutes",
        "/visits/1/services/0/modifiers/0",
        "/visits/1/services/0/units",
        "/visits/1/discipline",
        "/visits/1/nonsense",
    ]


def test_a_place_is_line_and_column_of_the_key():
    (defect,) = read(json.dumps(service(minutes=-5), indent=2).encode()).defects
    # {, date_of_service, payer, services, {, code, minutes
    assert (defect.line, defect.column) == (7, 7)


def test_in_a_file_of_lines_the_line_is_the_files_and_bad_lines_stop_no_others():
    lines = [
        json.dumps(VISIT),
        json.dumps(VISIT)[:-4],
        "",
        json.dumps(service(minutes=-5)),
        '"97530"',
        json.dumps(VISIT),
    ]
    reading = read("\n".join(lines).encode(), lines=True)
    assert len(reading.visits) == 2
    assert sorted((defect.line, defect.message) for defect in reading.defects) == [
        (2, "not JSON: it ends too early; a bracket or a quote is not closed"),
        (4, "minutes cannot be negative"),
        (5, "not recognised: expected a visit record, got a text"),
    ]


def test_a_key_that_stands_twice_is_told_wherever_it_stands():
    text = '{"date_of_service":"2026-03-04","payer":"a","payer":"b","services":[{"code":"97530","code":"97110"}]}'
    assert told(text) == [
        ("/payer", 'the key "payer" stands twice in one object'),
        ("/services/0/code", 'the key "code" stands twice in one object'),
    ]
    assert told('{"visits":[],"visits":[]}') == [("/visits", 'the key "visits" stands twice in one object')]


def test_strange_keys_beside_the_visits_are_told():
    assert told({"visits": [VISIT], "vists": []}) == [("/vists", 'unknown key "vists" beside "visits"')]
    assert told({"visits": 3}) == [("/visits", "expected a list of visits, got a number")]


@pytest.mark.parametrize(
    "content, message, place",
    [
        (b'{"a": 1,}', "not JSON: a comma before the closing }", (1, 8)),
        (b"[1, 2,]", "not JSON: a comma before the closing ]", (1, 6)),
        (b"{'a': 1}", "not JSON: a single quote; keys and texts stand between double quotes", (1, 2)),
        (b'{"a" 1}', "not JSON: expected a colon after the key", (1, 6)),
        (b'{"a": 1 "b": 2}', "not JSON: expected a comma or the closing bracket", (1, 9)),
        (b'{"a":\n "b', "not JSON: the text that begins here has no closing quote", (2, 2)),
        (b'{"a": [1, 2', "not JSON: it ends too early; a bracket or a quote is not closed", (1, 12)),
        (b'{"a": NaN}', "not JSON: NaN is not a JSON number", (1, 7)),
        (b"[" * 100_000, "not JSON: nested too deep", (1, 1)),
        (b'{"a": ' + b"9" * 5000 + b"}", "not JSON: a number of thousands of digits", (1, 1)),
        (b'{"a": "\xe9"}', "not UTF-8: byte 0xe9; save it as UTF-8", (1, 8)),
        (b"\xff\xfe{\0", "not UTF-8 but UTF-16; save it as UTF-8", (None, None)),
        (
            b"{\0}",
            "not recognised: binary content; expected text, such as a visit record in JSON or CSV or a note",
            (None, None),
        ),
        (
            b"ISA*00*",
            (
                "not recognised: this is an X12 interchange; this is answered from visits; "
                "`quarterhour convert` makes them of claims"
            ),
            (None, None),
        ),
        (
            b"PAR1",
            "not recognised: this is a Parquet file; expected text, such as a visit record in JSON or CSV or a note",
            (None, None),
        ),
        (
            b"PK\x03\x04xl",
            (
                "not recognised: this is an office document or a zip archive; "
                "save a sheet as CSV, a note as plain text (.txt)"
            ),
            (None, None),
        ),
        (b"S: well", "not recognised: not JSON, so no visit record", (1, 1)),
        (
            b'{"resourceType": "Claim"}',
            (
                "not recognised: JSON with no key of a visit record "
                "(a FHIR resource; the command reads it from a file: quarterhour check FILE)"
            ),
            (None, None),
        ),
    ],
)
def test_what_is_no_visit_record_is_refused_with_what_it_is(content, message, place):
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert (refused.value.message, (refused.value.line, refused.value.column)) == (message, place)


def test_no_message_repeats_what_says_something_of_a_patient():
    record = {
        "date_of_service": CANARY,
        "payer": {"x": CANARY},
        "state": CANARY,
        "zip": [CANARY],
        "discipline": CANARY,
        "patient": {
            "id": [CANARY],
            "name": CANARY,
            "birth_date": "1950-13-01",
            "sex": "Zebedee",
            "member_id": {"a": CANARY},
        },
        "therapist": CANARY,
        "services": [{"code": CANARY, "minutes": CANARY, "charge": "1234.567", "modifiers": [CANARY], "mode": CANARY}],
        "note": {"text": [CANARY], "signed_on": CANARY},
    }
    messages = [message for _, message in told(record)]
    assert len(messages) > 12
    for secret in ("Zebedee", "Quillfeather", "1950", "1234.567"):
        assert [message for message in messages if secret in message] == []


#: What stands in a neighbouring field where columns are shifted: name, member id, two numbers of persons, birth dates.
@pytest.mark.parametrize(
    "strayed",
    ["Hernandez", "1EG4TE5MK72", "078-05-1120", "078051120", "5551234567", "05/06/1950", "1950-02-30", "Rosa", "75201"],
)
def test_a_value_that_strayed_into_another_member_is_told_by_its_shape(strayed):
    for value in (strayed, int(strayed)) if strayed.isdigit() else (strayed,):
        record = {
            "date_of_service": value,
            "payer": "medicare-b",
            "setting": value,
            "place_of_service": value,
            "state": value,
            "discipline": value,
            "plan_of_care": {"visit_number": value, "certified_on": value},
            "services": [
                {
                    "code": f"{value}0",
                    "minutes": value,
                    "units": value,
                    "modifiers": [value],
                    "pointers": [value],
                    "intervals": [[value, value]],
                    "mode": value,
                }
            ],
        }
        messages = [message for _, message in told(record)]
        assert len(messages) > 11
        assert [message for message in messages if strayed in message] == []


def test_shapes_say_what_to_look_for():
    assert told(service(minutes="078-05-1120"))[0][1].endswith("got a text of the form ###-##-####")
    assert told(service(code="Hernandez"))[0][1].endswith("got a text of 9 letters")
    assert told(service(code="1EG4TE5MK72"))[0][1].endswith("got a text of 11 characters")


def test_a_key_that_may_be_somebodys_number_is_not_shown():
    ((pointer, message),) = told(with_(**{"1EG4TE5MK72": 1}))
    assert "EG4" not in shown_pointer(pointer) + message


def test_python_values_are_read_the_same_way():
    assert len(read_values([VISIT, VISIT]).visits) == 2
    assert [d.message for d in read_values(service(minutes=-5)).defects] == ["minutes cannot be negative"]
    with pytest.raises(Unreadable):
        read_values({"nothing": 1})


def test_pointers_are_found_in_odd_texts():
    text = '{"a/b": {"~": [10, {"\\u0041": null}]}, "c": "x]}\\"", "d": []}'
    wanted = ["", "/a~1b", "/a~1b/~0", "/a~1b/~0/1", "/a~1b/~0/1/A", "/c", "/d", "/e"]
    found = offsets(text, wanted)
    assert {pointer: text[at:][:5] for pointer, at in found.items()} == {
        "": '{"a/b',
        "/a~1b": '"a/b"',
        "/a~1b/~0": '"~": ',
        "/a~1b/~0/1": '{"\\u0',
        "/a~1b/~0/1/A": '"\\u00',
        "/c": '"c": ',
        "/d": '"d": ',
    }
    assert line_and_column("a\nbc", 3) == (2, 2)


def test_lines_and_columns_of_many_places_are_those_of_each():
    text = "\n\nab\n\ncde"
    every = {str(offset): offset for offset in range(len(text))}
    assert lines_and_columns(text, every) == {name: line_and_column(text, at) for name, at in every.items()}


@pytest.mark.parametrize("given", [{"payer": None}, {}])
def test_a_payer_that_is_null_is_one_that_is_not_named(given):
    record = {"date_of_service": "2026-03-04", "services": [{"code": "97530", "minutes": 24}]} | given
    assert [one.message for one in read_values(record).defects] == [
        "no payer: the record names none and no default is given"
    ]
    assert read_values(record, payer_needed=False).defects == ()


def test_null_is_absent_wherever_a_key_may_be_left_out():
    line = {"code": "97530", "minutes": 24}
    short = {"date_of_service": "2026-03-04", "payer": "medicare-b", "services": [line]}
    nulls = dict.fromkeys(("units", "modifiers", "intervals", "assistant_minutes", "diagnosis_pointers"))
    long = short | {"services": [line | nulls], "plan_of_care": {"goals": None, "diagnoses": None}, "note": None}
    (left_out,), given = read_values(short).visits, read_values(long)
    assert given.defects == ()
    assert given.visits[0].visit.services == left_out.visit.services
    assert given.visits[0].visit.plan_of_care.goals == ()
    noted = {"date_of_service": "2026-03-04", "payer": "x", "services": None}
    assert [one.message for one in read_values(noted).defects] == ["a visit needs services or a note"]
    assert read_values(noted | {"note": {"text": "S: x"}}).defects == ()


HALF = "half a character: a \\ud… escape without its other half"


@pytest.mark.parametrize("pointer", ["/visit_id", "/patient/id", "/note/text", "/plan_of_care/frequency", "/state"])
def test_half_a_character_is_told_with_its_place_and_the_other_visits_are_read(pointer):
    good = {"date_of_service": "2026-03-04", "payer": "medicare-b", "services": [{"code": "97530", "minutes": 24}]}
    names = pointer.split("/")[1:]
    bad = good | {names[0]: "\ud800" if len(names) == 1 else {names[1]: "a\udc00b"}}
    of_values = read_values([good, bad])
    assert [(one.pointer, one.message) for one in of_values.defects] == [(f"/1{pointer}", HALF)]
    of_file = read(json.dumps([good, bad], indent=1).encode())
    assert len(of_values.visits) == len(of_file.visits) == 1
    (slip,) = of_file.defects
    assert (slip.pointer, slip.message, slip.line > 10) == (f"/1{pointer}", HALF, True)


def test_whole_pairs_and_escaped_backslashes_are_no_halves():
    good = {"date_of_service": "2026-03-04", "payer": "medicare-b", "note": {"text": "\U0001f600 \\ud800"}}
    assert read(json.dumps(good).encode()).defects == ()
    assert read_values(good).defects == ()


@pytest.mark.parametrize("whose", ["patient", "billing_provider", "therapist"])
def test_an_address_has_keys_of_its_own_and_others_are_told(whose):
    good = {"date_of_service": "2026-03-04", "payer": "medicare-b", "services": [{"code": "97530", "minutes": 24}]}
    known = {"street": "1 Main", "city": "Dallas", "state": "TX", "zip": "75201", "country": None}
    assert read_values(good | {whose: {"address": known}}).defects == ()
    bad = good | {whose: {"address": {"zipp": "75201", "city": 5}}}
    assert [(one.pointer, one.message) for one in read_values(bad).defects] == [
        (f"/{whose}/address/zipp", 'unknown key "zipp" of an address; did you mean "zip"?'),
        (f"/{whose}/address/city", "expected a text, got a number"),
    ]


def test_every_key_of_an_address_that_is_read_may_be_given():
    assert {*parties._STREET, *parties._STREET2, *parties._ZIP} < set(ADDRESS_KEYS)


def test_the_page_of_the_visit_record_has_every_key(repository):
    page = (repository / "docs/reference/visit-record.md").read_text(encoding="utf-8")

    def keys(kind):
        for field in msgspec.structs.fields(kind):
            yield field.encode_name
            of = [one for one in typing.get_args(field.type) if one is not type(None)] or [field.type]
            of += [inner for one in of for inner in typing.get_args(one)]
            for one in of:
                if isinstance(one, type) and issubclass(one, msgspec.Struct):
                    yield from keys(one)

    every = {*keys(Visit), *ADDRESS_KEYS}
    assert [name for name in sorted(every) if not re.search(rf"`\"?{re.escape(name)}\"?`", page)] == []


@pytest.mark.parametrize(
    "text, what", [(b"null", "null"), (b"5", "a number"), (b'"x"', "a text"), (b" true\n", "true")]
)
def test_json_that_is_a_mere_value_is_told_as_such(text, what):
    with pytest.raises(Unreadable, match=f"^not recognised: expected a visit record, got {what}$"):
        read(text)


def test_an_unknown_key_of_a_word_with_a_vowel_has_its_article():
    record = {"date_of_service": "2026-03-04", "payer": "x", "note": {"text": "S"}, "accrued": {"PTT": "0.00"}}
    assert 'unknown key "PTT" of an accrued;' in read_values(record).defects[0].message
