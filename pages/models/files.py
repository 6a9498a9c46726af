"""Pages that can also be had as a file: ``/pl/news/feed.atom``, ``/pl/workshops/2018/calendar.ics``."""

from django.utils.module_loading import import_string


class HasFiles:
    """A page type whose ``files`` name what stands below its address, and the views that answer.

    A view takes the request and the page. Wagtail's hooks have run before it, so who may not see the page does not get
    its files. Views are named by their paths: they stand on a floor above the models.
    """

    files: dict[str, str] = {}

    def serve(self, request, *args, file="", **kwargs):
        if file:
            return import_string(self.files[file])(request, self)
        return super().serve(request, *args, **kwargs)
