"""The trials notice every one-token change of a kernel that changes an answer.

What no trial notices must stand here with the reason why no input could show it; anything else that survives, and any
reason no longer needed, fails the test.
"""

import pytest
from tests.engine.mutants import mutants
from tests.engine.trials import KERNELS, trials

ENOUGH = 1_000
FEWEST = {"units.allocate": 60, "shares.assistant_units": 120, "pairs.find_pairs": 60, "overlaps.find_overlaps": 30}

SAME_VALUE = "at equality both branches give the same value"
ONLY_A_SHORTCUT = "the statement saves work and decides nothing"
TENTHS = "ten percent of whole minutes rises by steps of ten, and none lies between"

EQUIVALENT = {
    "units.allocate": {
        "if remainder < fewest: continue -> pass": (
            "units are left over for no more codes than have a remainder that counts, so a smaller one never gets any"
        ),
        "fewest = 1 1 -> 0": "as above: a code without a remainder never gets a left-over unit",
        "if caps[day] and by_total < rounded: < -> <=": SAME_VALUE,
    },
    "shares.assistant_units": {
        "if left < 0: < -> <=": "with nothing left both branches give the assistant's whole units",
        "if left < 0: 0 -> 1": "the same for whole numbers",
        "if rules[row] == RULE_NONE or assistant[row] == 0 or units[row] == 0: 0 -> -1": ONLY_A_SHORTCUT,
        "if rules[row] == RULE_NONE or assistant[row] == 0 or units[row] == 0: 0 -> -1 (2)": ONLY_A_SHORTCUT,
        "low[row] = theirs + left if theirs + left > 0 else 0 > -> >=": SAME_VALUE,
        "low[row] = theirs + left if theirs + left > 0 else 0 0 -> -1 (2)": SAME_VALUE,
        "high[row] = theirs if theirs < units[row] else units[row] < -> <=": SAME_VALUE,
        "if 100 * rest > percent * (mine + rest): 100 -> 99": "two remainders are 28 minutes at most, too few to tell",
        "if rest >= (percent * (mine + rest) + 50) // 100 + 1: 100 -> 99": "as above",
        "if rest >= (percent * (mine + rest) + 50) // 100 + 1: 50 -> 51": TENTHS,
        "if assistant[row] >= (percent * whole + 50) // 100 + 1: 50 -> 51": TENTHS,
    },
    "pairs.find_pairs": {
        "if end - first < 2: continue -> pass": ONLY_A_SHORTCUT,
        "if end - first < 2: - -> +": ONLY_A_SHORTCUT,
        "if end - first < 2: 2 -> 1": ONLY_A_SHORTCUT,
    },
    "overlaps.find_overlaps": {
        "if begins[two] >= ends[one]: break -> continue": ONLY_A_SHORTCUT,
        "if begins[two] >= ends[one]: >= -> >": "intervals that just touch share no minute, as is seen again below",
        "end = ends[one] if ends[one] < ends[two] else ends[two] < -> <=": SAME_VALUE,
    },
}


def noticed(mutant, tried) -> bool:
    """Whether some trial tells the mutant from the kernel; an error or an endless loop tells as well."""
    for trial in tried:
        try:
            if not trial.holds(mutant):
                return True
        except Exception:  # noqa: BLE001 - however it breaks, it is noticed
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", KERNELS)
def test_every_change_that_matters_is_noticed(name):
    tried = trials(name, ENOUGH)
    changed = dict(mutants(KERNELS[name][0]))
    assert len(changed) >= FEWEST.get(name, 15)
    survivors = {words for words, mutant in changed.items() if not noticed(mutant, tried)}
    assert survivors == set(EQUIVALENT.get(name, {}))


def test_every_survivor_has_a_reason():
    assert all(reason.strip() for reasons in EQUIVALENT.values() for reason in reasons.values())
    assert set(EQUIVALENT) <= set(KERNELS)
