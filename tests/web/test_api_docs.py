"""Every call of curl on the page about serving is made, and answers as the page shows."""

import json
import re
import shlex
import shutil
import subprocess
import threading
import time

import pytest
import uvicorn

from quarterhour.web.app import create
from quarterhour.web.settings import Settings

BLOCK = re.compile(r"^```console\n\$ (curl .+)\n(.+)\n```", re.MULTILINE)


@pytest.fixture(scope="module")
def port(repository):
    """A server in this process, as the page starts it but with the clinic of the examples."""
    app = create(Settings(clinic=repository / "examples/claims/clinic.yaml"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.mark.slow
def test_every_call_of_the_page_answers_as_it_shows(port, repository):
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    page = (repository / "docs/how-to/serve.md").read_text(encoding="utf-8")
    calls = BLOCK.findall(page)
    assert len(calls) == page.count("$ curl") > 8
    for call, shown in calls:
        words = shlex.split(call.replace(":8530", f":{port}"))
        answer = subprocess.run(words, cwd=repository, capture_output=True, text=True, timeout=120, check=True).stdout
        assert answer.startswith(shown.removesuffix("...").rstrip(",")), call


@pytest.mark.slow
def test_every_address_stands_on_the_page_about_them(port, repository):
    page = (repository / "docs/reference/http.md").read_text(encoding="utf-8")
    described = create().openapi()["paths"]
    for path, methods in described.items():
        for method, told in methods.items():
            plain = re.sub(r"\{(?:one|other)\}", "{code}", path)
            assert f"{method.upper()} {plain}" in page or path.endswith("/feedback"), path
            for parameter in told.get("parameters", ()):
                assert parameter["in"] == "path" or f"`{parameter['name']}`" in page, parameter["name"]
    assert json.dumps(described)
