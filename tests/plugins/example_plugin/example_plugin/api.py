from ninja import Router, Schema

from .models import Vote

router = Router()


class VoteCount(Schema):
    votes: int


@router.get("votes/", response=VoteCount)
def votes(request):
    """How many votes there are."""
    return {"votes": Vote.objects.count()}
