"""An API whose plugin writes, as ``test_writing.py`` asks it."""

from django.urls import include, path
from ninja import File, Router, Schema, Status, UploadedFile
from wagtail.models import Locale

from pages.contrib.api.contract import empty
from pages.contrib.api.problems import Problem

router = Router()


class Wish(Schema):
    words: str
    languages: list[int] = []


class Answer(Schema):
    who: str
    said: str


@router.get("", response=Answer)
def read(request, deep: bool = False):
    return {"who": request.user.get_username(), "said": str(deep)}


@router.post("", response={201: Answer})
def write(request, wish: Wish, quietly: bool = False):
    """Add a language by the name of the wish, which stays only if nothing is wrong with it."""
    Locale.objects.create(language_code=wish.words)
    if wish.words == "refuse":
        raise Problem(409, "Somebody wished that before.")
    return Status(201, {"who": request.user.get_username(), "said": wish.words})


@router.post("file/", response=Answer, openapi_extra={"x-max-bytes": 20_000})
def upload(request, file: File[UploadedFile]):
    return {"who": file.name, "said": file.read().decode()}


@router.put("{number}/", response=Answer)
def change(request, number: int, wish: Wish):
    return {"who": request.user.get_username(), "said": wish.words}


@router.delete("{number}/", response={204: None})
def delete(request, number: int):
    return Status(204, None)


api = empty()
api.add_router("/wishes/", router, tags=["wishes"])
urlpatterns = [path("api/v1/", include((api.patterns, "api")))]
