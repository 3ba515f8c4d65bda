"""The API keeps to its own description: statuses, media types and answers, for requests drawn from it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks

from quarterhour.web.app import create
from quarterhour.web.settings import Settings


@schemathesis.serializer("application/edi-x12")
def as_text(ctx, value):
    return str(value).encode(errors="replace")


SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", create(Settings(hosts=("testserver",))))
#: What no request may bring about. A request that fits the description may be refused all the same: a code there is
#: not, a date before the first value.
CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
    checks.allow_header_conformance,
]


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_requests_drawn_from_the_description_are_answered_as_it_says(case):
    # Every text is text, whatever it was drawn as.
    of_json = case.media_type is None or case.media_type.endswith("json")
    case.call_and_validate(checks=[*CHECKS, *([checks.negative_data_rejection] if of_json else [])])
