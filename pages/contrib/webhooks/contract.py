"""The webhooks as the document of the API tells them: written like operations, which here the receiver answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Header, Router, Schema
from pydantic import Field

from .events import EVENTS, TEST, Event


class Signed(Schema):
    """What says that a message is ours, after Standard Webhooks."""

    webhook_id: str = Field(
        alias="webhook-id",
        description="The id of the message, the same in every attempt. Whoever has seen it already answers 200 and "
        "does nothing.",
        json_schema_extra={"example": "msg_8pHbJfuQ2ZfY3vQ6x1TzRk0dE4M"},
    )
    webhook_timestamp: int = Field(
        alias="webhook-timestamp",
        description="The moment of this attempt, in seconds since 1970. Refuse what is older than five minutes, so "
        "that nobody can send an overheard message again.",
        json_schema_extra={"example": 1795363200},
    )
    webhook_signature: str = Field(
        alias="webhook-signature",
        description="`v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`. The key is "
        "the receiver's secret without `whsec_`, decoded from base64. Several signatures are separated by spaces while "
        "a secret is being changed; one that fits is enough.",
        json_schema_extra={"example": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="},
    )


ANSWERS: dict[int | str, Any] = {
    200: {"description": "Taken, like any other 2xx. What is in the answer is only kept for the log."},
    410: {"description": "Gone for good: the receiver is switched off and told nothing more."},
    "5XX": {
        "description": "Not taken, like any other answer and none within ten seconds: it is sent again, later and later."
    },
}


def _operation(event: Event) -> Any:
    def receive(request: HttpRequest, signed: Header[Signed], message: Any) -> None:
        """Stand for what the receiver does."""

    receive.__annotations__ |= {"signed": Header[Signed], "message": event.message}
    receive.__name__ = f"receive_{event.name.replace('.', '_')}"
    return receive


def _router() -> Router:
    router = Router()
    for event in (*EVENTS.values(), TEST):
        router.add_api_operation(
            event.name,
            ["POST"],
            _operation(event),
            auth=None,
            response={200: None},
            operation_id=f"receive_{event.name.replace('.', '_')}",
            summary=event.name,
            description=event.description,
            openapi_extra={"responses": ANSWERS},
        )
    return router


router = _router()
