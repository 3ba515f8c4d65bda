"""The style sheet, the script and the sign: read once, and kept by browsers under an address that changes with them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

router = APIRouter()
_FOLDER: Final = Path(__file__).parents[1] / "static"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES: Final = {path.name: path.read_bytes() for path in _FOLDER.iterdir() if path.suffix in _KINDS}
_HASHES: Final = {name: hashlib.blake2b(content, digest_size=8).hexdigest() for name, content in _FILES.items()}


def address(name: str) -> str:
    """Where the file is had."""
    return f"/static/{name}?{_HASHES[name]}"


@router.get("/static/{name}")
async def static(name: str) -> Response:
    """One of the files there are; no other name leads anywhere."""
    if name not in _FILES:
        raise HTTPException(404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_FILES[name], media_type=_KINDS[Path(name).suffix], headers=kept)
