"""The executors of a Spark cluster at work on the parts of a run, in place of processes of this machine.

A part is one row of a DataFrame and one Spark partition, so that Spark decides where and when, and tries again what
fails. The rows themselves never pass through Spark: executors read the files and the work folder as this process does.
"""

from __future__ import annotations

import errno
import functools
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.scrub.ways import Ways, sparing
from quarterhour.workflows.scrub.wish import Wish
from quarterhour.workflows.scrub.workers import Crew

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class OtherPolicy(Exception):
    """An executor has other policy than the process that gives it work."""


@contextmanager
def cluster(wish: Wish, digest: str) -> Iterator[Crew]:
    """The cluster this process is connected to, or all processors of this machine by themselves.

    ``digest`` is the policy's; every executor must have the same.

    Raises:
        BadRequest: if Spark cannot be started.
        OSError: where a task failed on an executor as often as Spark tries.

    """
    from pyspark.errors import PySparkException

    asked = msgspec.structs.replace(wish, work=None)
    with _connected(wish) as spark:

        def work(task: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
            if not calls:
                return

            def each(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
                for batch in batches:
                    places = batch.column(0)
                    done = [pickle.dumps(task(*calls[place], ways_here(asked, digest))) for place in places.to_pylist()]
                    yield pa.RecordBatch.from_arrays([places, pa.array(done, pa.binary())], ["place", "done"])

            parts = spark.range(0, len(calls), 1, len(calls)).mapInArrow(each, "place bigint, done binary")
            try:
                rows = parts.collect()
            except PySparkException as error:
                raise OSError(errno.EIO, f"a task failed on the cluster: {_last_line(error)}") from error
            for row in rows:
                yield row["place"], pickle.loads(row["done"])  # noqa: S301 - our own executors wrote it

        yield work


@functools.lru_cache(maxsize=4)
def ways_here(wish: Wish, digest: str) -> Ways:
    """What an executor needs to know, loaded once.

    Raises:
        OtherPolicy: if policy here is not the one of that digest.

    """
    ways = sparing(wish)
    if ways.policy.digest != digest:
        raise OtherPolicy("this executor has another version of quarterhour, or other policy folders, than the driver")
    return ways


@contextmanager
def _connected(wish: Wish) -> Iterator[SparkSession]:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    # Otherwise executors on this machine would take the first python3 of the path.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("quarterhour scrub").config("spark.ui.showConsoleProgress", "false")
    if wish.workers is not None:
        builder = builder.master(f"local[{wish.workers}]")
    try:
        spark = builder.getOrCreate()
    except PySparkException as error:
        raise BadRequest(
            f"Spark cannot be started ({_last_line(error)}); it needs Java 17 or newer, by JAVA_HOME or on the path"
        ) from error
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield spark
    finally:
        spark.stop()


def _last_line(error: Exception) -> str:
    """What went wrong, of a message that repeats the whole stack: the line that names the error."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if line.partition(":")[0].split(".")[-1].endswith(("Error", "Policy", "Name"))]
    return (named or lines or [type(error).__name__])[-1]
