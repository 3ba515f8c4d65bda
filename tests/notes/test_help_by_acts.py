"""Help told as what the clinician did or what the patient saw, without a word for help and without how often; and what
looks like it: errands, other people, a patient's own doing, a thing that was looked at for another reason.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_HEAD = "DOS 11/04/2026\n"
_WORK = "O: Therapeutic activities 30 min: carrying a tray to the table x 7"


def _levels(said: str) -> list[str]:
    note = f"{_HEAD}{_WORK}. {said}\nTimed 30 min.\nA. Bee, OTR/L\n"
    return [item.level for item in read(note).assistance if item.status == "performed"]


@pytest.mark.parametrize(
    "said, level",
    [
        ("Four times I counted her into the turn.", "verbal_cues"),
        ("Chair to bed with the board, cued aloud to lean first.", "verbal_cues"),
        ("Batted the ball across the net, reminded not to stand up.", "verbal_cues"),
        ("I told her which drawer to open.", "verbal_cues"),
        ("Therapist talked her down the curb.", "verbal_cues"),
        ("I laid out the coat for her.", "setup"),
        ("Porridge from a rim-guard bowl; plate set by the OT.", "setup"),
        ("I poured the milk for him and he ate.", "setup"),
        ("Pitch glides x 10, a finger on the larynx for a tilt.", "tactile_cues"),
        ("Rolling x 6, a palm on the ribs to slow the turn.", "tactile_cues"),
        ("Squats x 10 c mirror for knee line.", "visual_cues"),
        ("Quick flicks x 10; watched the trace for the first ten.", "visual_cues"),
        ("Copied the strip with a pen, lines drawn as a guide.", "visual_cues"),
        ("Coat on with the hood trick, picture strip on the wall.", "visual_cues"),
        ("Labels read 6/10, written key word for 4.", "visual_cues"),
        ("Holds x 8 with the pressure readout in view.", "visual_cues"),
        ("Naming 7/12, 5 more with the first sound.", "phonemic_cues"),
        ("Modeled the pin once.", "modeling"),
        ("Four loads to the dryer without any help from me.", "independent"),
        ("Rolling R min.", "minimal"),
        ("She did not turn the walker until I tapped her left hip.", "tactile_cues"),
        ("He skipped the left side of the tray until I said look left, three times.", "verbal_cues"),
        ("No initiation of the turn without verbal cues.", "verbal_cues"),
        ("Laced a board shoe x 4, model for the second loop.", "modeling"),
        ("Messages 7/9 correct, visual highlight for the next cell on 5.", "visual_cues"),
        ("Stood beside her at the curb, no touch needed.", "standby"),
        ("Guarded at the belt on the gravel.", "contact_guard"),
        ("Squats x 8, one word from me to keep the chest up.", "verbal_cues"),
        ("Jars x 6, a finger at the elbow as a reminder.", "tactile_cues"),
        ("Stairs, my hand on the back of the pelvis as a reminder to stay over the tread.", "tactile_cues"),
        ("A hand on her shoulder blade to remind her to sit tall.", "tactile_cues"),
        ("Hand on the outer hip for the first two lengths.", "tactile_cues"),
        ("My finger traced the line of the shin so she knew where to push.", "tactile_cues"),
        ('"Hug and roll", spoken each try.', "verbal_cues"),
        ('Said "tall" to him at the doorway.', "verbal_cues"),
        ('"Wide feet" was my only word.', "verbal_cues"),
        ("I had a light grip on the belt the whole way.", "contact_guard"),
        ("Steadied at the elbow on the turn.", "contact_guard"),
        ("I stood within reach.", "standby"),
        ("A yellow line of tape told him where to stop.", "visual_cues"),
        ("Lacing board, picture strip propped on the shoe box.", "visual_cues"),
        ("Step strip left in view.", "visual_cues"),
        ("A nod from me was enough.", "gestural_cues"),
        ("The first sound got her to six of the nine words.", "phonemic_cues"),
        ("Folding, the partner's fold shown to her for the next five.", "modeling"),
        ("I went first and he followed my steps.", "modeling"),
        ("Hand under hers for the first cut.", "hand_over_hand"),
    ],
)
def test_told_by_what_was_done(said, level):
    assert _levels(said) == [level]


@pytest.mark.parametrize(
    "said",
    [
        "I reminded her that Friday is cancelled.",
        "I told him about the new schedule.",
        "Asked him to call if the pain grows.",
        "I warned the family not to lift her.",
        "Sat before he was told to.",
        "He laid out the coat and shirt on the bed.",
        "Clothes set out by her aide each day.",
        "I cut the walk from 110 ft to 55.",
        "Breakfast nook set-up.",
        "He put a hand on his knee to get up.",
        "Cleaned the mirror for the window side.",
        "Husband watched the trace with her nurse.",
        "Sorted 20 words with the first sound of his name.",
        "She modeled the new scarf.",
        "Tried it again without a sign from me.",
        "Heel to toe standing by the counter.",
        "Stepping back from a nudge at the chest x 10.",
        "Telephone booth set-up, line noise on.",
        "Patient dealt cards and told the rule for each trick.",
        "I kept it short, since with the whole list in view he starts over.",
        "Step height, load and cueing have to be set within the visit.",
        "Four of eight socks alone; none on 10/24.",
        "He cannot dress without help.",
        "Stood beside her husband at the counter.",
        "Hand on the pool wall for the first two lengths.",
        "Her hand on her hip for the first two lengths.",
        '"That one hurt", said on the last.',
        "Lifts with the weight 3 of 10, the last five without it.",
        "Then he waited in the lobby by himself.",
        "Her daughter's photo shown to her.",
        "Bump dots on the stove, found by touch.",
        "Sorted picture strips on the table.",
        "Before:  independent, walked to the pier.",
        "Appropriate levels of assistance with verbal, visual and tactile cueing were given.",
    ],
)
def test_looks_like_help(said):
    assert _levels(said) == []


def test_kinds_from_grade_to_grade():
    assert _levels("Constant verbal to occasional gesture at the sink.") == ["verbal_cues", "gestural_cues"]


@pytest.mark.parametrize(
    "said",
    [
        "Verbal cue on 5 of 8 words, 3 of 8 with nothing.",
        "Verbal cue at each turn, then none for the last lap.",
        "Verbal cue for the first four. Last three by himself.",
        "A spoken cue at step two twice and after that he did the card by himself.",
        "Verbal cue for the first, she did the rest by herself.",
        "Spoken cue on four; the other six without it.",
    ],
)
def test_cued_first_and_alone_then(said):
    assert _levels(said) == ["verbal_cues", "independent"]


def test_a_leader_of_dots_ends_a_label():
    note = (
        f"{_HEAD}Prior level ....... independent, typed two hours at a time\n{_WORK}.\nTimed 30 min.\nA. Bee, OTR/L\n"
    )
    assert [item.status for item in read(note).assistance] == ["prior_visit"]


def test_none_from_a_round_on():
    assert _levels("Tactile cue at the ribs on the first four, none from round three.")[-1] == "independent"


@pytest.mark.parametrize(
    "said, levels",
    [
        ("Goal 1 leave bed with supervision: not met, CGA now.", ["contact_guard"]),
        ("Goal 1 leave bed with supervision: MET 10/02, now modified independent.", []),
    ],
)
def test_level_of_now_beside_a_goal(said, levels):
    note = f"{_HEAD}{_WORK}.\nGoals\n{said}\nTimed 30 min.\nA. Bee, OTR/L\n"
    assert [item.level for item in read(note).assistance if item.status == "performed"] == levels


@pytest.mark.parametrize(
    "note",
    [
        "97140 15 min: PROM shoulder with muscle guarding at the shoulder.",
        "97116 12 min: walked the hall, forgets the brakes without cues.",
        "97535 20 min: dressing, then he tired and soiled himself.",
        "97530 20 min: At home he does not shower without supervision.",
        "92507 20 min: Point to object named in field of 4 on 8 of 10.",
        "97129 15 min: visual memory lists x 5.",
    ],
)
def test_what_only_sounds_like_help_is_none(note: str) -> None:
    assert [one.level for one in read(note).assistance] == []
