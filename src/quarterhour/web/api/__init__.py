"""The JSON API: a file a subject, each answer that of the command of its name."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from quarterhour.web.api import check, claim, convert, denials, looked_up, note, threshold, units
from quarterhour.web.api.documented import REFUSALS
from quarterhour.web.asked import known_parameters

router = APIRouter(responses=REFUSALS, dependencies=[Depends(known_parameters)])
for part in (check, note, units, claim, convert, denials, threshold, looked_up):
    router.include_router(part.router)
