"""The kernels against the oracle on drawn inputs, and compiled against interpreted: byte-equal."""

import importlib.util
import pkgutil
from inspect import getmembers, isfunction

import numpy as np
import pytest
from tests.engine.trials import KERNELS, trials

from quarterhour.engine import compiled, kernels

ENOUGH = 300


@pytest.mark.covers("T1", "T2", "T3", "T5", "M1")
@pytest.mark.parametrize("name", KERNELS)
def test_kernel_answers_as_the_oracle_does(name):
    kernel = KERNELS[name][0]
    for number, trial in enumerate(trials(name, ENOUGH)):
        assert trial.holds(kernel), (number, trial)


def test_every_kernel_is_put_to_the_trial():
    found = set()
    for module in pkgutil.iter_modules(kernels.__path__):
        imported = __import__(f"{kernels.__name__}.{module.name}", fromlist=["*"])
        found |= {f"{module.name}.{name}" for name, _ in getmembers(imported, isfunction)}
    assert found == set(KERNELS)


@pytest.mark.slow
@pytest.mark.skipif(
    not importlib.util.find_spec("numba"), reason="numba is not installed; it comes with the extra `batch`"
)
@pytest.mark.parametrize("name", KERNELS)
def test_compiled_and_interpreted_are_byte_equal(name):
    kernel = KERNELS[name][0]
    fast = compiled._compile(kernel)
    for trial in trials(name, ENOUGH, seed=7):
        interpreted = [[0] * length for length in trial.fills]
        returned = kernel(*trial.reads, *interpreted)
        arrays = [np.zeros(length, dtype=np.int64) for length in trial.fills]
        reads = [np.array(one, dtype=np.int64) if isinstance(one, list) else one for one in trial.reads]
        assert fast(*reads, *arrays) == returned
        assert [a.tobytes() for a in arrays] == [np.array(i, dtype=np.int64).tobytes() for i in interpreted]


@pytest.mark.parametrize("name", KERNELS)
def test_run_gives_the_same_from_lists_and_from_arrays(name, monkeypatch):
    """The way the engine calls a kernel: arrays in, arrays out, however it is executed."""
    kernel = KERNELS[name][0]
    trial = trials(name, 1)[0]
    reads = [np.array(one, dtype=np.int64) if isinstance(one, list) else one for one in trial.reads]
    returned, filled = compiled.run(kernel, 1, *reads, fills=trial.fills)
    assert returned == trial.returned
    assert [one.tolist() for one in filled] == list(trial.filled)
    # As though compiled, without the wait for a compiler: the kernel meets arrays.
    monkeypatch.setattr(compiled, "kernel", lambda function, _rows: (function, True))
    returned, filled = compiled.run(kernel, 1, *reads, fills=trial.fills)
    assert returned == trial.returned
    assert [one.tolist() for one in filled] == list(trial.filled)


def test_without_numba_everything_is_interpreted(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    kernel = KERNELS["units.allocate"][0]
    assert compiled.kernel(kernel, 10**9) == (kernel, False)
