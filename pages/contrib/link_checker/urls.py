from django.urls import path

from . import views

app_name = "link_checker"
urlpatterns = [
    path("", views.BrokenLinksView.as_view(), name="report"),
    path("results/", views.BrokenLinksView.as_view(results_only=True), name="report_results"),
    path("<int:pk>/again/", views.check_again, name="again"),
]
