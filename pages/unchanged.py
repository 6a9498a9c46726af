"""Answers for programs that ask again and again: nothing is sent twice."""

import datetime
import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag


def answer_unless_unchanged(
    request: HttpRequest, body: str | bytes, content_type: str, changed_at: datetime.datetime
) -> HttpResponseBase:
    """Return ``body``, or 304 to whoever holds it already.

    The mark is made from the body itself, so whatever a change was, it is noticed. Caches may keep the answer but have
    to ask each time: the page above may become private.
    """
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["Last-Modified"] = http_date(changed_at.timestamp())
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, response["ETag"], int(changed_at.timestamp()), response)
