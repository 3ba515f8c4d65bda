"""The command `serve` as a process: where it listens, what it says when it cannot, and how it ends."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time

import httpx2
import pytest

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-m", "quarterhour", "serve"]
#: Tests that a shell runs in the background have Ctrl-C ignored, and so has what they start.
INTERRUPTED = 0 if signal.getsignal(signal.SIGINT) is signal.SIG_IGN else 130

VISIT = {
    "date_of_service": "2026-03-04", "payer": "medicare-b", "setting": "private-practice", "discipline": "PT",
    "services": [{"code": "97530", "minutes": 24, "units": 3, "modifiers": ["GP"]}],
}  # fmt: skip


def visits(number):
    """So many, each of another patient."""
    return json.dumps({"visits": [VISIT | {"patient": {"id": str(one)}} for one in range(number)]}).encode()


def started(*words):
    """A server on a free port, and its address."""
    process = subprocess.Popen([*COMMAND, "--port", "0", *words], stderr=subprocess.PIPE, text=True)
    said = process.stderr.readline()
    assert said.startswith("http://"), said + process.stderr.read()
    return process, said.split()[0]


def ended(process, by=signal.SIGINT):
    """End it: how long that took, how it ended, and what it said."""
    begun = time.monotonic()
    process.send_signal(by)
    _, said = process.communicate(timeout=20)
    return time.monotonic() - begun, process.returncode, said


def post(address, content):
    with httpx2.Client(timeout=300) as client:
        return client.post(f"{address}api/check", content=content).json()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_it_listens_where_it_says_and_ends_at_once_without_a_word(host, example):
    if host == "::1" and not socket.has_ipv6:
        pytest.skip("no IPv6 on this machine")
    process, address = started("--host", host)
    assert post(address, example("visits/pt-knee-units-over.json"))["findings"]
    seconds, code, said = ended(process)
    assert (code, said) == (INTERRUPTED, "")
    assert seconds < 5  # a second and what a busy machine takes


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_within_a_second_in_the_middle_of_an_answer(by):
    process, address = started()
    failed = []

    def ask():
        try:
            post(address, visits(40_000))
        except httpx2.HTTPError as error:
            failed.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(1)
    seconds, code, said = ended(process, by)
    asking.join()
    assert failed
    assert code in {128 + by, -by}
    assert said == ""
    assert seconds < 5


def test_a_small_request_is_answered_while_a_large_one_is():
    process, address = started()
    large = threading.Thread(target=post, args=(address, visits(20_000)))
    large.start()
    time.sleep(0.3)
    begun = time.monotonic()
    assert post(address, json.dumps(VISIT).encode())["findings"]
    seconds = time.monotonic() - begun
    waiting = large.is_alive()
    large.join()
    ended(process)
    assert waiting
    assert seconds < 10


def test_a_port_that_is_taken_is_told_in_a_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 2
    assert f"something listens on 127.0.0.1, port {port}, already" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words, said",
    [
        (["--host", "192.0.2.1"], "--name"),
        (["--host", "no.such.host.invalid", "--name", "x"], "no address of this machine"),
        (["--allow-origin", "*"], "https://emr.example"),
        (["--payer", "nobody"], "no payer is called"),
        (["--vocabulary", "/nowhere.yaml"], "/nowhere.yaml"),
        (["--clinic", "/nowhere.yaml"], "/nowhere.yaml"),
    ],
)
def test_what_is_wrong_is_said_at_the_start(words, said):
    done = subprocess.run([*COMMAND, "--port", "0", *words], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_tables_that_were_chosen_answer_every_request(tmp_path):
    process, address = started("--store", str(tmp_path))
    with httpx2.Client(timeout=300) as client:
        told = client.get(f"{address}api/policy").json()
    ended(process)
    assert told["store"] == str(tmp_path)
