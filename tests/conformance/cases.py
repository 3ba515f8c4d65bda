"""The published cases of this folder as records; see the headers of ``cases/*.yaml`` for what the fields mean."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "cases"
ON = dt.date(2026, 3, 4)
#: A payer that counts by the method, so that a case can be put to the engine as a visit.
PAYERS = {"cms": "medicare-b", "ama": "commercial-midpoint", "spm": "commercial-midpoint"}

#: One way to bill: for every code and its modifiers the units.
Answer = frozenset[tuple[str, str, int]]


@dataclass(frozen=True)
class Case:
    """A day's services and every right answer to it."""

    id: str
    source: str
    evidence: str
    method: str
    services: tuple[tuple[str, int, int], ...]
    answers: frozenset[Answer]
    collection: tuple[str, ...] = ()
    discipline: str = "PT"
    setting: str = "private-practice"
    since: dt.date = ON
    rejected: bool = field(default=False)

    def visit(self, on: dt.date = ON):
        """The day as a visit record, nothing decided yet."""
        return {
            "date_of_service": on.isoformat(),
            "payer": PAYERS[self.method],
            "setting": self.setting,
            "discipline": self.discipline,
            "services": [
                {"code": code, "minutes": minutes, "assistant_minutes": assistant}
                for code, minutes, assistant in self.services
            ],
        }


def answer(lines) -> Answer:
    """``[code, units]`` or ``[code, units, modifiers]`` rows as an answer; rows without units say nothing."""
    return frozenset(
        (code, " ".join(sorted(modifiers[0].split())) if modifiers else "", units)
        for code, units, *modifiers in lines
        if units
    )


def ours(name: str) -> list[Case]:
    """The cases of one of our own files."""
    return [
        Case(
            entry["id"],
            entry["source"],
            entry["evidence"],
            entry["method"],
            tuple((code, minutes, *(rest or [0])) for code, minutes, *rest in entry["services"]),
            frozenset(answer(lines) for lines in [entry["expected"], *entry.get("alternatives", [])]),
            tuple(entry.get("collection", ())),
            entry.get("discipline", "PT"),
            entry.get("setting", "private-practice"),
            entry.get("from", ON),
        )
        for entry in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    ]


def collected(path: Path) -> list[Case]:
    """The cases of a file of the collection kept beside the checkout."""
    found = []
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        ways = [entry.get("expected") or [], *entry.get("also_accepted", [])]
        rows = [[(line["code"], line["units"], " ".join(line.get("modifiers", ()))) for line in way] for way in ways]
        physician = (entry.get("context") or {}).get("billing_provider") == "physician_incident_to"
        found.append(
            Case(
                entry["id"],
                entry["source"],
                entry["evidence"],
                entry["rule"],
                tuple((s["code"], s["minutes"], s.get("assistant_minutes", 0)) for s in entry["services"]),
                frozenset(answer(lines) for lines in rows),
                (entry["id"],),
                entry.get("discipline", "PT"),
                "physician-office" if physician else "private-practice",
                dt.date.fromisoformat((entry.get("effective") or {}).get("from", ON.isoformat())),
                bool(entry.get("expected_error")),
            )
        )
    return found
