from django.http import HttpResponse
from django.urls import path


def thanks(request):
    return HttpResponse("Thank you for your vote.")


urlpatterns = [path("thanks/", thanks, name="thanks")]
