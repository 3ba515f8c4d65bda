"""The way back from the denial: what payers answered, told apart; what is work, with its cause, next step and deadline.

``read`` goes through the files, ``standing`` tells what became of each amount, ``rejections`` what never was
adjudicated; ``given`` finds the claims and visits that were answered, ``matching`` their lines, ``causes`` what our
rules say of them; ``later`` finds what was settled since. ``steps`` says what to do until when, ``worklist`` makes the
rows, ``totals`` adds up, ``report`` and ``command`` make the answer.
"""

from quarterhour.workflows.denials.command import denials

__all__ = ["denials"]
