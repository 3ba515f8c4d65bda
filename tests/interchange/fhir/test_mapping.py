"""The page of FHIR elements: every member of a visit and a claim has its row, and none of them is empty."""

import sys

import msgspec
import pytest

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit


@pytest.fixture(scope="module")
def tables(repository):
    sys.path.insert(0, str(repository / "docs"))
    try:
        import fhir_mapping

        return dict(fhir_mapping.tables())
    finally:
        sys.path.remove(str(repository / "docs"))


@pytest.mark.slow
@pytest.mark.parametrize("title, record_type", [("Visit record", Visit), ("Claim", Claim)])
def test_every_member_stands_in_an_element(tables, title, record_type):
    rows = tables[title]
    assert [member for member, elements in rows if not elements] == []
    named = {member.strip("`").partition(".")[0].removesuffix("[]") for member, _ in rows}
    assert named == {field.name for field in msgspec.structs.fields(record_type)}
