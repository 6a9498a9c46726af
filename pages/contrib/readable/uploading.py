"""The upload of many documents, which tells of each at once what is inaccessible in it."""

from wagtail.documents.views.multiple import AddView


class AddDocuments(AddView):
    edit_form_template_name = "readable/uploaded.html"
