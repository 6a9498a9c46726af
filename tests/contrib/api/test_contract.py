"""The OpenAPI document is valid, complete and only changes on purpose."""

from openapi_spec_validator import validate

METHODS = {"get"}


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
        assert {"200", "400", "404", "422", "429"} <= set(operations["get"]["responses"]), path
