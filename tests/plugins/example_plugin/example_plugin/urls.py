from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext


def thanks(request):
    return HttpResponse(gettext("Thank you for your vote."))


urlpatterns = [path("thanks/", thanks, name="thanks")]
