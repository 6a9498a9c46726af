"""What plugins send by themselves when something happens, in the same document: described like operations."""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import NinjaAPI

from pages.plugins import taken


def announce(document: dict[str, Any]) -> None:
    """Add the webhooks that plugins offer, with their schemas; without any the document stays as it is."""
    made = _made()
    if made["paths"]:
        document["webhooks"] = {path.strip("/"): operations for path, operations in made["paths"].items()}
        document["components"]["schemas"] |= made["components"]["schemas"]


@cache
def _made() -> Any:
    sent = NinjaAPI(docs_url=None, openapi_url=None)
    for config, _name, router in taken("api_webhooks"):
        sent.add_router("", router, tags=[config.label])
    return sent.get_openapi_schema(path_prefix="")
