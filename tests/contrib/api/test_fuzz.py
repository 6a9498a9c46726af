"""Requests that nobody thought of: no operation answers with an error of ours, or with anything it did not declare.

``make fuzz`` asks each operation many times more, and otherwise each time it runs.
"""

import random
import traceback

import pytest
import schemathesis
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import TestCase
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as chosen
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from wagtail.models import APIToken, Locale
from wagtail_localize.models import Translation, TranslationSource

from pages.contrib.translation.recount import recount_everything
from pages.models import NewsPage
from tests.contrib.api.test_pages import body_with_everything
from tests.factories import SiteDocumentFactory, SiteImageFactory
from tests.people import person
from tests.site_tree import SiteTree, full_workshop

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def world(db):
    """A site with one of everything, with tokens of people who may do all, something and nothing."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        site = SiteTree()
        first = site.add_news("Nowe domy")
        body = NewsPage._meta.get_field("body").stream_block.normalize(
            body_with_everything(first, SiteImageFactory(), SiteDocumentFactory())
        )
        news = site.add_news("Nowe parki", body=body, lead_image=SiteImageFactory())
        workshop = full_workshop(site)
        source, _is_new = TranslationSource.update_or_create_from_instance(news)
        english = Locale.objects.get_or_create(language_code="en")[0]
        translation = Translation.objects.create(source=source, target_locale=english)
    recount_everything()
    people = [
        get_user_model().objects.create_superuser("robot", "robot@example.org", "only for tests"),
        person("translator", {site.home: ("add", "change")}),
        person("stranger"),
    ]
    tokens = [APIToken.create_token(user=user, name=user.get_username())[1] for user in people]
    return {
        "numbers": {"page_id": [first.pk, news.pk, workshop.pk], "translation_id": [translation.pk]},
        "tokens": [None, tokens[0], *tokens, "wrong"],
    }


def test_no_request_is_answered_with_an_error_of_ours_or_what_was_not_declared(world, application, request):
    examples = request.config.getoption("--fuzz")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    operations = [result.ok() for result in schema.get_all_operations()]
    found = [problem for one in operations if (problem := _ask(one, world, examples, is_long=examples > 10))]
    assert not found, "\n".join(found)
    assert len(operations) > 25


def _ask(operation, world, examples, *, is_long):
    wanted = settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if is_long else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    cases = chosen.one_of(operation.as_strategy(mode) for mode in GenerationMode)
    tokens = chosen.sampled_from(world["tokens"])

    @seed(random.getrandbits(32) if is_long else 2018)
    @wanted
    @given(case=cases, token=tokens, is_real=chosen.booleans(), which=chosen.randoms())
    def ask(case, token, is_real, which):
        if is_real:
            known = {name: numbers for name, numbers in world["numbers"].items() if name in case.path_parameters}
            case.path_parameters.update({name: which.choice(numbers) for name, numbers in known.items()})
        headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if token else {})
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    try:
        ask()
    except Exception as error:  # noqa: BLE001 -- all operations are asked before the test fails
        return f"{operation.label}: {''.join(traceback.format_exception(error))}"
    return ""
