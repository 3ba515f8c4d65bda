"""What `quarterhour --help` shows. Imports nothing, so that it is there at once."""

from __future__ import annotations

#: Every command with its one line, in the order somebody meets them. The command lies in the file of its name.
COMMANDS = {
    "check": "What is wrong or unsupported in these visits and notes?",
    "scrub": "What is wrong in whole files of visits, however long?",
    "replay": "What would be judged otherwise under another policy version, and why?",
    "note": "What does this note say, and what does it not show?",
    "draft": "What must the clinician be asked about these notes?",
    "claim": "The claim a payer takes, out of these visits.",
    "convert": "Visits or claims in another format, and what it does not carry.",
    "units": "How many units do these minutes support, and of which code?",
    "code": "What is this code for, and what is it not for?",
    "pair": "Does an NCCI edit stand between two codes on a date?",
    "mac": "Which Medicare contractor answers for a state or ZIP code?",
    "price": "What do services come to, line by line, and who pays?",
    "threshold": "How near is a patient to the KX threshold?",
    "denials": "What came back unpaid, why, and what to do until when?",
    "rates": "How often are services said to be distinct, by provider?",
    "days": "On which day does one therapist bill more minutes than a day holds?",
    "audit": "How do these notes score, by element, sample and provider?",
    "authorization": "What does the record say to a payer who is asked for visits?",
    "serve": "Pages in a browser, the JSON API, and CDS Hooks.",
    "policy": "Which official tables answer, and what changes? Import, list, diff.",
    "synth": "Synthetic claims: drawn like real ones, clean or with known defects.",
    "explain": "What does a rule say, who says so, and what can be done?",
    "rules": "Which rules are there?",
    "schema": "The JSON Schema of a visit record.",
    "scaffold": "Write the two files of a new rule.",
}
OPTIONS = {
    "--version": "Show the version.",
    "--help, -h": "Show this page; after a command, that command's.",
}
USAGE = "quarterhour [OPTIONS] COMMAND [ARGS]..."
SENTENCE = "From the treatment note to a clean claim, with the reason for every line."
ENDING = (
    "Exit codes: 0 nothing found, 1 findings at or above --fail-on, 2 wrong call, unreadable input or internal error,\n"
    "3 nothing was read.\n\n"
    'Completion in bash (zsh and fish likewise): eval "$(_QUARTERHOUR_COMPLETE=bash_source quarterhour)"'
)


def overview() -> str:
    """The page, without a final line feed."""
    wide = max(map(len, (*COMMANDS, *OPTIONS)))
    options = [f"  {name:<{wide}}  {text}" for name, text in OPTIONS.items()]
    commands = [f"  {name:<{wide}}  {text}" for name, text in COMMANDS.items()]
    return "\n".join(
        [f"Usage: {USAGE}", "", f"  {SENTENCE}", "", "Options:", *options, "", "Commands:", *commands, "", ENDING]
    )
