"""The API beside Python: POST /api/check of a visit with its note, by one client and by eight, over loopback.

    python benchmarks/serve.py [SECONDS]

Prints requests a second, the median and the 95th percentile of the time an answer takes, and the most memory the server
took. Each client sends one request after the other over one connection; the load ends by itself.
"""

import http.client
import json
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import quarterhour

EXAMPLES = Path(__file__).parents[1] / "examples"
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
CLIENTS = (1, 8)


def record() -> dict[str, Any]:
    """A visit with a note as therapists write them."""
    visit = json.loads((EXAMPLES / "visits/pt-knee-units-over.json").read_text(encoding="utf-8"))
    note = (EXAMPLES / "notes/pt-soap-prose.txt").read_text(encoding="utf-8")
    return visit | {"note": {"type": "daily", "text": note}}


def in_process(visit: dict[str, Any]) -> list[float]:
    """Seconds of each call from Python."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        begun = time.perf_counter()
        quarterhour.check(visit)
        times.append(time.perf_counter() - begun)
    return times


def asked(port: int, body: bytes, end: float, times: list[float]) -> None:
    """One client: request after request until the end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.perf_counter() < end:
        begun = time.perf_counter()
        connection.request("POST", "/api/check", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        times.append(time.perf_counter() - begun)
        assert answer.status == 200, content
    connection.close()


def over_http(port: int, body: bytes, clients: int) -> list[float]:
    """Seconds of each request of all clients."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS
    threads = [threading.Thread(target=asked, args=(port, body, end, times)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def told(name: str, times: list[float]) -> None:
    """A line of figures."""
    last = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    median = statistics.median(times)
    print(f"{name:<22}{len(times) / SECONDS:8.0f} a second  median {median * 1e3:6.1f} ms  95th {last * 1e3:6.1f} ms")


def main() -> None:
    """Measure, and print."""
    visit = record()
    body = json.dumps(visit).encode()
    quarterhour.check(visit)
    told("Python, in process", in_process(visit))
    command = [sys.executable, "-m", "quarterhour", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        port = int(server.stderr.readline().split()[0].rstrip("/").rpartition(":")[2])
        asked(port, body, time.perf_counter() + 0.5, [])
        for clients in CLIENTS:
            told(f"HTTP, {clients} at a time", over_http(port, body, clients))
        server.terminate()
        server.communicate()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'most memory':<22}{most:8.0f} MiB, request {len(body) / 1024:.1f} KiB")


if __name__ == "__main__":
    main()
