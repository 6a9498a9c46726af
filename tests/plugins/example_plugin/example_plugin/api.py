from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from wagtail.models import Page

from .models import Vote

router = Router()
announced = Router()


class VoteCount(Schema):
    votes: int


class NewVote(Schema):
    page: int
    choice: str


@router.get("votes/", response=VoteCount)
def votes(request):
    """How many votes there are."""
    return {"votes": Vote.objects.count()}


@router.post("votes/", response={201: VoteCount})
def vote(request, new: NewVote):
    """Vote, in the name of whom the token belongs to."""
    page = get_object_or_404(Page.objects.live(), pk=new.page)
    Vote.objects.create(page=page, choice=new.choice)
    return Status(201, votes(request))


@announced.post("example_plugin.voted", response={204: None})
def voted(request, vote: VoteCount):
    """Somebody voted."""
