"""What a connection is told once, so that no query is slow or lost."""

import pytest
from django.db import connection

from site_project.settings.databases import database


def test_what_an_operator_says_in_the_address_stays():
    told = database("postgres://rynek@localhost/rynek?options=-c%20statement_timeout%3D5000")["OPTIONS"]

    assert told["options"] == "-c statement_timeout=5000"
    assert database("postgres://rynek@localhost/rynek")["OPTIONS"]["options"] == "-c jit=off"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a setting of PostgreSQL")
def test_a_query_of_many_tables_is_not_compiled():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)
