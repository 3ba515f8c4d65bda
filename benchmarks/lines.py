"""Drawn service lines of therapy claims, straight into the engine's columns: the same seed, the same lines.

The mix is that of outpatient therapy claims: 1 to 6 lines a visit (3.0 on average), about 29 lines a patient over two
years with 0 to 7 days between visits, 24 % 97530, 21 % 97110, 12 % 97112, 11 % 97140, 5 % 97535, evaluations,
modalities, groups, speech-language codes, and a tail of 2 % over some 2,000 codes of other trades. 1.5 % of the lines
lack their discipline's modifier, 30 % of the lines of six codes carry 59 or one of its like, an assistant treats in a
quarter of the PT and OT visits, and 4 % of the timed lines bill a unit more or fewer than their minutes support. Visits
stand in order of date, as they arrive, not by patient. Called by itself it prints the mix it draws.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter

import numpy as np

from quarterhour.domain.code import code_number, code_text, modifier_number
from quarterhour.domain.columns import ABSENT, Columns, Table, Texts, to_columns
from quarterhour.domain.visit import Visit

SEED = 97530
FIRST, DAYS = dt.date(2025, 1, 1).toordinal(), 730
LINES_OF_A_VISIT = ((1, 2, 3, 4, 5, 6), (0.15, 0.22, 0.28, 0.20, 0.10, 0.05))
VISITS_OF_A_PATIENT = 10
CODES = {
    "97530": 24, "97110": 21, "97112": 12, "97140": 11, "97535": 5, "97116": 5, "97161": 1.2, "97162": 1, "97164": 0.8,
    "97165": 0.6, "97010": 2, "97014": 1, "G0283": 1.6, "97035": 1.6, "97032": 1, "97012": 0.7, "97150": 1.5,
    "97113": 1,
    "97124": 0.6, "97533": 0.4, "97537": 0.3, "97542": 0.4, "97750": 0.4, "97760": 0.3, "97763": 0.2, "92507": 3,
    "92526": 0.7, "97129": 0.3, "97130": 0.3, "95992": 0.1,
}  # fmt: skip
UNTIMED = (
    "97161", "97162", "97164", "97165", "97010", "97014", "G0283", "97012", "97150", "92507", "92526", "95992",
)  # fmt: skip
TAIL_CODES, TAIL_SHARE = 2_000, 0.02
DISTINCT_ON = ("97530", "97140", "97112", "97116", "97164", "97150")
DISTINCT = (("59", "XE", "XS", "XP", "XU"), (0.8, 0.03, 0.05, 0.02, 0.10))
DISCIPLINES = (("PT", "OT", "SLP"), (0.72, 0.22, 0.06))
PAYERS = (("medicare-b", "medicare-advantage", "commercial", "commercial-midpoint"), (0.55, 0.2, 0.15, 0.1))
SETTINGS = (("private-practice", "outpatient-hospital", "rehabilitation-agency"), (0.65, 0.25, 0.1))


def draw(count: int, seed: int = SEED) -> Columns[Visit]:
    """About ``count`` lines (whole visits, so a few more or fewer) as columns of visits."""
    random = np.random.default_rng(seed)
    sizes = random.choice(LINES_OF_A_VISIT[0], size=max(1, count // 3), p=LINES_OF_A_VISIT[1])
    columns = to_columns(Visit, [])
    visits = sizes.size
    owner, day = _calendar(random, visits)
    discipline = random.choice(3, size=visits // VISITS_OF_A_PATIENT + 1, p=DISCIPLINES[1])[owner]
    _visits(columns, random, owner, day, discipline)
    _services(columns.root.children["services"], random, sizes, discipline)
    columns.root.rows = visits
    return columns


def _calendar(random: np.random.Generator, visits: int) -> tuple[np.ndarray, np.ndarray]:
    """Patient and day of every visit, in order of days."""
    owner = np.repeat(np.arange(visits // VISITS_OF_A_PATIENT + 1), VISITS_OF_A_PATIENT)[:visits]
    # Now and then no gap at all: a second visit of the day.
    gaps = np.where(random.random(visits) < 0.04, 0, random.integers(1, 8, size=visits))
    begin = np.flatnonzero(np.diff(owner, prepend=-1))
    gaps[begin] = random.integers(0, DAYS - 8 * VISITS_OF_A_PATIENT, size=begin.size)
    run = np.cumsum(gaps)
    day = FIRST + run - np.repeat(run[begin] - gaps[begin], np.diff(np.append(begin, visits)))
    order = np.argsort(day, kind="stable")
    return owner[order], day[order]


def _visits(
    columns: Columns[Visit], random: np.random.Generator, owner: np.ndarray, day: np.ndarray, discipline: np.ndarray
) -> None:
    table, texts, visits = columns.root, columns.texts, owner.size
    _blank(table, visits)
    patients = visits // VISITS_OF_A_PATIENT + 1
    clinics = max(1, patients // 300)
    clinic = (np.arange(patients) % clinics)[owner]

    def of_patient(choices: tuple[tuple[str, ...], tuple[float, ...]]) -> np.ndarray:
        places = np.array([texts.position(text) for text in choices[0]])
        return places[random.choice(places.size, size=patients, p=choices[1])][owner]

    def numbered(prefix: str, numbers: np.ndarray) -> np.ndarray:
        first = len(texts.values)
        for number in range(int(numbers.max()) + 1):
            texts.position(f"{prefix}{number}")
        return first + numbers

    setting_of_clinic = random.choice(3, size=clinics, p=SETTINGS[1])
    names = np.array([texts.position(text) for text in SETTINGS[0]])
    words = np.array([texts.position(text) for text in DISCIPLINES[0]])
    columns_of = table.columns
    columns_of["date_of_service"] = day
    columns_of["visit_id"] = numbered("V-", np.arange(visits))
    columns_of["payer"] = of_patient(PAYERS)
    columns_of["setting"] = names[setting_of_clinic][clinic]
    columns_of["discipline"] = words[discipline]
    columns_of["place_of_service"] = np.where(
        setting_of_clinic[clinic] == 1, texts.position("22"), texts.position("11")
    )
    columns_of["patient?"] = np.ones(visits, dtype=np.int64)
    columns_of["patient.id"] = numbered("P-", owner)
    columns_of["therapist?"] = np.ones(visits, dtype=np.int64)
    columns_of["therapist.npi"] = numbered("N-", clinic * 3 + discipline)
    columns_of["therapist.credential"] = np.array([texts.position(text) for text in ("PT", "OT", "SLP")])[discipline]
    columns_of["billing_provider?"] = np.ones(visits, dtype=np.int64)
    columns_of["billing_provider.npi"] = numbered("B-", clinic)


def _services(table: Table, random: np.random.Generator, sizes: np.ndarray, discipline: np.ndarray) -> None:
    lines, visit = int(sizes.sum()), np.repeat(np.arange(sizes.size), sizes)
    _blank(table, lines)
    numbers = np.array([code_number(code) for code in CODES])
    weights = np.array(list(CODES.values()))
    code = numbers[random.choice(numbers.size, size=lines, p=weights / weights.sum())]
    tail = random.random(lines) < TAIL_SHARE
    others = np.array([code_number(f"{20000 + 7 * n:05d}") for n in range(TAIL_CODES)])
    code[tail] = others[np.minimum(random.pareto(1.2, size=int(tail.sum())) * 40, TAIL_CODES - 1).astype(np.int64)]
    untimed = np.isin(code, [code_number(one) for one in UNTIMED]) | tail
    minutes = np.where(untimed, random.integers(10, 46, size=lines), _minutes(random, lines))
    units = np.where(untimed, 1, np.maximum(1, (minutes + 7) // 15))
    units += np.where(~untimed & (random.random(lines) < 0.04), random.choice((-1, 1), size=lines), 0)
    assisted = (random.random(sizes.size) < 0.25) & (discipline < 2)
    share = random.choice((0.0, 0.2, 0.5, 1.0), size=lines)
    assistant = np.where(assisted[visit], (minutes * share).astype(np.int64), 0)
    table.columns["code"] = code
    table.columns["minutes"] = minutes
    table.columns["assistant_minutes"] = assistant
    table.columns["units"] = units
    table.columns["charge"] = 4500 * np.maximum(units, 1)
    table.offsets = np.append(0, np.cumsum(sizes))
    table.rows = lines
    _modifiers(table.children["modifiers"], random, code, discipline[visit], assistant, minutes)


def _minutes(random: np.random.Generator, lines: int) -> np.ndarray:
    """Quarter hours mostly, with the odd minutes that make remainders."""
    blocks = random.choice((8, 15, 15, 23, 30, 30, 38, 45), size=lines)
    return np.maximum(1, blocks + random.choice((0, 0, 0, -1, 1, -3, 3, 7), size=lines))


def _modifiers(
    table: Table,
    random: np.random.Generator,
    code: np.ndarray,
    discipline: np.ndarray,
    assistant: np.ndarray,
    minutes: np.ndarray,
) -> None:
    lines = code.size
    of_discipline = np.array([modifier_number(one) for one in ("GP", "GO", "GN")])[discipline]
    of_assistant = np.array([modifier_number(one) for one in ("CQ", "CO", "CQ")])[discipline]
    distinct = np.array([modifier_number(one) for one in DISTINCT[0]])
    places = (
        (of_discipline, random.random(lines) >= 0.015),
        (of_assistant, (10 * assistant > minutes) & (random.random(lines) < 0.9)),
        (
            distinct[random.choice(distinct.size, size=lines, p=DISTINCT[1])],
            np.isin(code, [code_number(one) for one in DISTINCT_ON]) & (random.random(lines) < 0.30),
        ),
    )
    values = np.stack([value for value, _ in places], axis=1)
    there = np.stack([mask for _, mask in places], axis=1)
    table.columns["value"] = values[there]
    table.offsets = np.append(0, np.cumsum(there.sum(axis=1)))
    table.rows = int(there.sum())


def _blank(table: Table, rows: int) -> None:
    """Every column absent, every list empty."""
    for name in table.columns:
        table.columns[name] = np.full(
            rows, 0 if name.endswith("?") or name == "assistant_minutes" else ABSENT, dtype=np.int64
        )
    for child in table.children.values():
        _blank(child, 0)
        child.offsets = np.zeros(rows + 1, dtype=np.int64)


def part(columns: Columns[Visit], visits: int) -> Columns[Visit]:
    """The first visits of the columns, as columns of their own with the same texts."""
    shortened = to_columns(Visit, [])
    shortened.texts = Texts(columns.texts.values, columns.texts.positions)
    _cut(columns.root, shortened.root, 0, visits)
    return shortened


def _cut(whole: Table, into: Table, first: int, last: int) -> None:
    into.columns = {name: np.asarray(column)[first:last] for name, column in whole.columns.items()}
    into.rows = last - first
    for name, child in whole.children.items():
        offsets = np.asarray(child.offsets)[first : last + 1]
        into.children[name].offsets = offsets - offsets[0]
        _cut(child, into.children[name], int(offsets[0]), int(offsets[-1]))


def main() -> None:
    """Print the mix of a hundred thousand lines, or as many as the argument says."""
    columns = draw(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    services = columns.root.children["services"]
    counts = Counter(services["code"].tolist())
    print(f"{services.rows:,} lines in {columns.root.rows:,} visits, {len(counts):,} codes")
    for number, count in counts.most_common(12):
        print(f"{code_text(number)}  {count / services.rows:6.1%}")


if __name__ == "__main__":
    main()
