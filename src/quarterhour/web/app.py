"""The application: its parts put together."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from quarterhour.version import VERSION
from quarterhour.web import api, cds, pages
from quarterhour.web.guard import Guard
from quarterhour.web.methods import Methods
from quarterhour.web.pages.problems import Problems
from quarterhour.web.refusals import HANDLERS
from quarterhour.web.settings import Settings

DESCRIPTION: Final = (
    "Each answer is the JSON that the command of its name prints with `--format json`. Nothing that is sent is kept, "
    "logged or passed on."
)


def create(settings: Settings = Settings()) -> FastAPI:  # noqa: B008 - frozen
    """The application with its pages, API and CDS Hooks."""
    app = FastAPI(
        title="Quarterhour",
        version=VERSION,
        description=DESCRIPTION,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        exception_handlers=HANDLERS,
    )
    app.state.settings = settings
    app.include_router(api.router, prefix="/api")
    app.include_router(cds.router)
    app.include_router(pages.router, include_in_schema=False)
    app.add_middleware(Methods)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "POST"], allow_headers=["*"]
        )
    app.add_middleware(Guard, most_bytes=settings.most_bytes, origins=settings.origins, names=settings.names)
    app.add_middleware(Problems)
    return app
