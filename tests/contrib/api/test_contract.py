"""The OpenAPI document is valid, complete and only changes on purpose."""

import json
from types import SimpleNamespace

from openapi_spec_validator import validate
from wagtail import blocks

from pages.contrib.api.blocks import shape_of


def test_the_document_is_valid_and_each_operation_has_a_name_of_its_own(api, site):
    document = api.get("/openapi.json")

    validate(document)
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names)) > 15


def test_bodies_are_unions_that_clients_can_narrow_by_type(api, site):
    schemas = api.get("/openapi.json")["components"]["schemas"]

    items = schemas["NewsPage"]["properties"]["body"]["items"]
    assert items["discriminator"]["propertyName"] == "type"
    assert {"HeadingBlock", "PictureBlock"} <= {one["$ref"].rpartition("/")[2] for one in items["oneOf"]}


def test_errors_are_declared(api, site):
    for path, operations in api.get("/openapi.json")["paths"].items():
        for operation in operations.values():
            assert {"400", "401", "404", "422", "429"} < set(operation["responses"]), path


def test_the_document_holds_what_generators_of_clients_understand(api, site):
    """A parameter that may be null, and a schema that nothing tells, would each become a type with a silly name."""
    document = api.get("/openapi.json")

    parameters = [one for path in document["paths"].values() for each in path.values() for one in each["parameters"]]
    assert not [one["name"] for one in parameters if {"type": "null"} in one["schema"].get("anyOf", ())]
    assert not [name for name in document["components"]["schemas"] if f'schemas/{name}"' not in json.dumps(document)]


class Thermometer(blocks.StructBlock):
    """A block of a stranger that tells something else than it stores."""

    celsius = blocks.IntegerBlock()
    api_schema = float

    def get_api_representation(self, value, context=None):
        return value["celsius"] * 1.8 + 32


def test_a_block_may_say_itself_how_it_is_told(rf):
    shape = shape_of(blocks.ListBlock(Thermometer()))

    assert shape.annotation == list[float]
    assert shape.tell([{"celsius": 100}], SimpleNamespace(request=rf.get("/"))) == [212.0]
