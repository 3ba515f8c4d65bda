"""Seeded structural variants of a treatment note: the same facts in other clothes.

``make_note(seed)`` draws the facts of a visit (services with minutes, tasks, levels of assistance, what was planned
or left out) and writes them in one of many structures: order and style of sections, formats of time, digits or words,
tables or prose, line endings, letter case. A test reads the note and asks for the facts back.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty"}
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]

SERVICES = {
    "97530": (
        ("therapeutic activities", "ther act", "therapeutic activity"),
        (
            ("lifting an 8 lb crate from floor to counter", "contact_guard", "contact guard"),
            ("carrying a laundry basket across the kitchen", "minimal", "min assist"),
            ("sit to stand from a low chair with a tray", "supervision", "close supervision"),
        ),
    ),
    "97110": (
        ("therapeutic exercise", "ther ex", "therapeutic exercises"),
        (("straight leg raises 3 x 10", "", ""), ("heel raises 2 x 15", "", ""), ("bridges 3 x 12", "", "")),
    ),
    "97112": (
        ("neuromuscular re-education", "neuro re-ed", "neuromuscular reeducation"),
        (
            ("tandem stance on foam", "standby", "standby assist"),
            ("weight shifts on the rocker board", "contact_guard", "CGA"),
        ),
    ),
    "97116": (
        ("gait training",),
        (
            ("walking 150 ft with a rolling walker", "standby", "SBA"),
            ("ambulation 200 feet with a cane", "minimal", "min A"),
        ),
    ),
    "97140": (
        ("manual therapy",),
        (("soft tissue mobilization to the calf", "", ""), ("patellar mobilizations grade III", "", "")),
    ),
}
PLANNED = ("floor transfers", "stair climbing", "overhead lifting")
LEFT_OUT = ("treadmill", "leg press", "ultrasound")


def words(number: int) -> str:
    """A number below one hundred in words."""
    if number < 20:
        return _SMALL[number]
    tens, ones = number // 10 * 10, number % 10
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the note tells: minutes by code, their sum, the treatment time, clock times, levels, tasks, and what was
    not done.
    """

    minutes: dict[str, int]
    timed: int
    total: int
    start: str
    stop: str
    levels: tuple[str, ...]
    tasks: tuple[str, ...]
    planned: str
    left_out: str


def _clock(minute: int, style: int) -> str:
    hour, rest = divmod(minute, 60)
    if style == 0:
        return f"{hour:02d}{rest:02d}"
    if style == 1:
        return f"{hour}:{rest:02d}"
    half = "a" if hour < 12 else "p"
    hour = (hour - 1) % 12 + 1
    return f"{hour}:{rest:02d}{half}" if style == 2 else f"{hour}:{rest:02d} {half.upper()}M"


def _range(begin: int, finish: int, style: int, rng: random.Random) -> str:
    dash = rng.choice(("-", "–", " - ", " to "))
    return f"{_clock(begin, style)}{dash}{_clock(finish, style)}"


def _service_lines(rng: random.Random, rows: list[tuple[str, str, int, int]], style: int) -> list[str]:
    """Rows (code, label, begin, minutes) as a table of one of several kinds, or as lines."""
    kind = rng.randrange(7)
    if kind == 0:
        return ["| code | service | min |"] + [f"| {code} | {label} | {minutes} |" for code, label, _, minutes in rows]
    if kind == 1:
        return ["CPT     Description                   Min"] + [
            f"{code}   {label:<28}  {minutes}" for code, label, _, minutes in rows
        ]
    if kind == 2:
        return [
            f"{code} {label} ({_range(begin, begin + minutes, style, rng)}), {minutes} min"
            for code, label, begin, minutes in rows
        ]
    if kind == 3:
        return [f"{label.title()} x {minutes} minutes {code}" for code, label, _, minutes in rows]
    if kind == 4:
        return [f"{minutes} min {label}" for _, label, _, minutes in rows]
    if kind == 5:
        return [f"{label.capitalize()}: {words(minutes)} minutes" for _, label, _, minutes in rows]
    return [f"{label.capitalize()} ..... {minutes}" for _, label, _, minutes in rows]


def _prose(rng: random.Random, label: str, minutes: int, told: str) -> str:
    amount = words(minutes) if rng.random() < 0.5 else str(minutes)
    return rng.choice(
        (
            f"{label.capitalize()} {amount} minutes: {told}.",
            f"{label.capitalize()} ({amount} min): {told}.",
            f"{label.capitalize()}, {amount} minutes, {told}.",
            f"Then {amount} minutes of {label}: {told}.",
        )
    )


def make_note(seed: int) -> tuple[str, Facts]:
    """A note and its facts; the same seed gives the same note."""
    rng = random.Random(seed)
    codes = rng.sample(sorted(SERVICES), rng.randint(1, 3))
    style = rng.randrange(4)
    begin = rng.choice((480, 545, 570, 630, 795, 850))
    minutes: dict[str, int] = {}
    rows: list[tuple[str, str, int, int]] = []
    tasks: list[str] = []
    levels: list[str] = []
    told: dict[str, str] = {}
    place = begin
    for code in codes:
        labels, choices = SERVICES[code]
        length = rng.randint(8, 38)
        minutes[code] = length
        rows.append((code, rng.choice(labels), place, length))
        place += length
        task, level, phrase = rng.choice(choices)
        tasks.append(task)
        if level:
            levels.append(level)
        told[code] = f"{task}, {phrase}" if phrase else task
    timed = sum(minutes.values())
    total = timed + rng.choice((0, 0, 5))
    planned, left_out = rng.choice(PLANNED), rng.choice(LEFT_OUT)
    span = _range(begin, begin + total, style, rng)
    totals = rng.choice(
        (
            f"Total timed minutes: {timed}   Total treatment time: {total} min",
            f"Timed minutes {timed}. Total treatment {total} min.",
            f"TIMED {timed}  TOTAL {total}",
            f"Timed code minutes {timed} / Total treatment minutes {total}",
        )
    )
    times = rng.choice(
        (
            f"Time: {span}",
            f"Seen {span}",
            f"Time in {_clock(begin, max(style, 1))}   Time out {_clock(begin + total, max(style, 1))}",
        )
    )
    if rng.random() < 0.5:
        treatment = _service_lines(rng, rows, style) + [totals] + [f"{told[code].capitalize()}." for code in codes]
    else:
        treatment = [_prose(rng, label, length, told[code]) for code, label, _, length in rows] + [totals]
    treatment.append(
        rng.choice((f"No {left_out} today.", f"{left_out.capitalize()} deferred.", f"Held off on {left_out}."))
    )
    parts = {
        "S": ["Patient reports stiffness on waking."],
        "O": treatment,
        "A": ["Knee pain 2/10 after the last set."],
        "P": [rng.choice((f"Next visit add {planned}.", f"Continue 2x/week for 4 weeks; progress to {planned}."))],
    }
    order = list("SOAP") if rng.random() < 0.7 else rng.sample("SOAP", 4)
    names = rng.choice(
        (
            {"S": "S:", "O": "O:", "A": "A:", "P": "P:"},
            {"S": "Subjective:", "O": "Objective:", "A": "Assessment:", "P": "Plan:"},
            {"S": "SUBJECTIVE", "O": "TREATMENT", "A": "ASSESSMENT", "P": "PLAN"},
        )
    )
    lines = ["Date of service: 09/14/2026", times, ""]
    for part in order:
        body = parts[part]
        if names["S"] == "SUBJECTIVE" or rng.random() < 0.3 or body[0].startswith(("|", "CPT")):
            lines += [names[part], *body, ""]
        else:
            lines += [f"{names[part]} {body[0]}", *body[1:], ""]
    lines.append("Lena Whitcomb, PT, DPT  09/14/2026")
    text = rng.choice(("\n", "\r\n")).join(lines)
    if rng.random() < 0.2:
        text = text.upper()
    clock = (begin, begin + total)
    facts = Facts(
        minutes,
        timed,
        total,
        f"{clock[0] // 60:02d}:{clock[0] % 60:02d}",
        f"{clock[1] // 60:02d}:{clock[1] % 60:02d}",
        tuple(levels),
        tuple(tasks),
        planned,
        left_out,
    )
    return text, facts
