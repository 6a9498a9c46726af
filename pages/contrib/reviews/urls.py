from django.urls import path

from . import views

app_name = "reviews"
urlpatterns = [
    path("", views.PagesToReviewView.as_view(), name="report"),
    path("results/", views.PagesToReviewView.as_view(results_only=True), name="report_results"),
    path("<int:pk>/reviewed/", views.ReviewedView.as_view(), name="reviewed"),
]
