"""Help told in lines of its own, along the way, by what served as a cue, by a hand laid on, counted aloud; and text
pulled from an earlier note, which tells none. Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        # numbered headings
        (
            "1. Report. Tired.\n2. Self-care (97535). Shirt with the hook, min A for the top two.\n3. Effect. Cramped.",
            ["minimal"],
        ),
        ("1. Says: sore today.\n2. Work: crate lifts, contact guard.\n3. Next: ladder.", ["contact_guard"]),
        ("1) Pain: 3/10\n2) Kitchen work, supervision at the stove\n3) Plan: 2x/wk", ["supervision"]),
        # pulled blocks
        (
            "<< pulled from NOTE 2, 15 Oct 2026 >>\nDressing max A.\n<< end >>\nS fine\nO Stacking pans, min A.",
            ["minimal"],
        ),
        ("[copied from note of 03/02]\nTransfers mod A.\n[end]\nToday: transfers CGA x 4.", ["contact_guard"]),
        ("## from note 4, 03/02/2026 ##\nTransfers mod A.\n## end ##\nToday: transfers CGA x 4.", ["contact_guard"]),
        ("TA 20 min: crate pulled from the shelf, min A x 2.", ["minimal"]),
        # help line
        (
            "Did: calls to the pharmacy.\nHelp: spoken choice of two x 5, first sound x 3, last call with none.",
            ["independent", "phonemic_cues", "verbal_cues"],
        ),
        ("Did: rice, crackers.\nCue: mirror for chin; crackers by herself.", ["independent", "visual_cues"]),
        (
            'Help: min A to hold the tongue of the boot x 2, "flat finger" x 6; zip alone.',
            ["independent", "minimal", "verbal_cues"],
        ),
        (
            "Help: min A at the elbow for the first pot; verbal x3 to keep the elbow in front.",
            ["minimal", "verbal_cues"],
        ),
        ("Assist: standby; verbal x 4, tactile x 2.", ["standby", "tactile_cues", "verbal_cues"]),
        ("Support given: written choice x 3, model on 2, rest alone.", ["independent", "modeling", "visual_cues"]),
        ("Help: none at home, daughter drives. TE 20 min.", []),
        ("Help: her sister comes on Mondays.", []),
        # elided
        (
            "TA: slide board onto the mat and back, moderate assist going uphill and minimal coming back.",
            ["minimal", "moderate"],
        ),
        ("TA: toilet transfer, max assist the first time, then moderate with the bar.", ["maximal", "moderate"]),
        ("TA: stairs, moderate help going up and minimal going down.", ["minimal", "moderate"]),
        ("Stairs with min assist; pain moderate going down.", ["minimal"]),
        ("Moderate assist for lift, effort minimal.", ["moderate"]),
        # thing as cue
        ("TA: walk to bathroom x 6, floor lights as cue.", ["visual_cues"]),
        ('Did: loud phrases. Meter as a cue, "loud" before each.', ["verbal_cues", "visual_cues"]),
        ("TA: reaching, tape line as a reminder of the edge.", ["visual_cues"]),
        ("Gait: metronome as cue.", ["cues"]),
        # alone in a list of levels
        ("Coat zipper min A, shoes on alone, buttons mod A.", ["independent", "minimal", "moderate"]),
        ("Scooping min A, drinking by himself.", ["independent", "minimal"]),
        ("Lives alone. Stairs min A.", ["minimal"]),
        ("Min A for tub, husband at work, she is alone by day.", ["minimal"]),
        # need a word
        ("He needed a word for the first two dials and then found all four.", ["verbal_cues"]),
        ("She needed one reminder to lock the brake.", ["verbal_cues"]),
        ("Needed a word with the doctor.", []),
        # shown
        ("Min A for the yogurt lid, shown once.", ["minimal", "modeling"]),
        ("Tying the sling, was shown twice, then did it.", ["modeling"]),
        # I put/laid a hand
        ("I put two fingers on the forearm to start the turn three times.", ["tactile_cues"]),
        ("I laid a hand on the left hip at each step.", ["tactile_cues"]),
        ("Therapist placed one thumb under the chin before each swallow.", ["tactile_cues"]),
        ("He put one hand on the knee to rise.", []),
        # aloud
        ("Making the bed. I counted her breathing out aloud on each reach.", ["verbal_cues"]),
        ("Reading aloud 10 lines. She counted the coins aloud.", []),
        ("I counted the steps out loud for him.", ["verbal_cues"]),
        # watched
        ("Casserole to oven. I watched close by for the hot dish.", ["supervision"]),
        ("Shower transfer. I watched from the door.", ["supervision"]),
        # cannot see in the mirror
        ("She cannot see the drop in the mirror, so load is set lift by lift.", []),
        ("He does not see it in the mirror.", []),
        # form
        ("Assist / cueing provided:\nTime in ____", []),
        ("SBA to min A as indicated. Shower refused.", ["minimal", "standby"]),
    ],
)
def test_levels_told(text: str, levels: list[str]) -> None:
    """Each level and cue is found once, and nothing that only looks like one."""
    assert sorted(item["level"] for item in read(text).as_dict()["assistance"]) == levels
