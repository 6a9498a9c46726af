"""Languages and words of theirs in the templates of the admin."""

from django import template

from ..in_language import own_name

register = template.Library()
register.filter("own_name", own_name)
