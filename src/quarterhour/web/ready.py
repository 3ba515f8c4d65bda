"""What is loaded before the first request, so that it waits for nothing, and what is wrong is said at the start."""

from __future__ import annotations

from typing import Final

from quarterhour.web.settings import Settings
from quarterhour.workflows.check import Wish, checked_content
from quarterhour.workflows.clinic import clinic_of

_NOTE: Final = b"PT daily note. Therapeutic activities 97530, 24 min: sit to stand from a low chair, contact guard."


def ready(settings: Settings) -> None:
    """Load what answers need.

    Raises:
        QuarterhourError: for a payer there is not, and for files of a clinic that cannot be read.

    """
    clinic_of(settings.clinic)
    checked_content(
        _NOTE,
        Wish(payer=settings.payer, policy_folders=settings.policy_folders, vocabulary=settings.vocabulary),
    )
