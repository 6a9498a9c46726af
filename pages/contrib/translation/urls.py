from django.urls import include, path

from .desk.views import DeskView
from .editor import publishing, saving
from .exchange import urls as exchange_urls
from .jobs import views as jobs
from .machine.views import PretranslateView
from .review_page import ReviewView
from .together import together_view

app_name = "translation"
urlpatterns = [
    path("", DeskView.as_view(), name="desk"),
    path("results/", DeskView.as_view(results_only=True), name="desk_results"),
    path("files/", include(exchange_urls)),
    path("pretranslate/", PretranslateView.as_view(), name="pretranslate"),
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/go-on/", jobs.go_on, name="job_go_on"),
    path("jobs/<int:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("together/<int:page_id>/", together_view, name="together"),
    path("<int:translation_id>/review/", ReviewView.as_view(), name="review"),
    path("<int:translation_id>/finish/", publishing.finish, name="finish"),
    path("<int:translation_id>/many/", saving.many, name="many"),
    path("<int:translation_id>/segments/<int:segment_id>/", saving.segment, name="segment"),
    path("<int:translation_id>/segments/<int:segment_id>/check/", saving.findings_for, name="check"),
    path("<int:translation_id>/segments/<int:segment_id>/help/", saving.help_for, name="help"),
]
