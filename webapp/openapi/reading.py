"""Check a request against its model; what is wrong becomes one sentence."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from flask import request
from pydantic import BaseModel, ValidationError

from coding.errors import BadInput

from . import asked, sent

Row = dict[str, Any]
Problem = dict[str, Any]
WORDS = {
    "integer": "a whole number",
    "string": "a text",
    "null": "null",
    "object": "an object",
    "boolean": "true or false",
    "array": "a list",
}


def read_body(name: str) -> Row:
    """Return the fields that the body holds; raises BadInput where it is not as the model says."""
    return _checked(getattr(sent, name), _json_object(), _wrong_field)


def read_query(name: str) -> Row:
    """Return what is asked for, None or the model's default where it is not."""
    model: type[BaseModel] = getattr(asked, name)
    defaults = {name: field.default for name, field in model.model_fields.items()}
    return defaults | _checked(model, request.args.to_dict(), _wrong_argument)


def _checked(
    model: type[BaseModel], given: Row, say: Callable[[type[BaseModel], Problem], str]
) -> Row:
    try:
        return model.model_validate(given).model_dump(exclude_unset=True)
    except ValidationError as error:
        problems = sorted(error.errors(), key=lambda problem: problem["type"] != "extra_forbidden")
        raise BadInput(say(model, dict(problems[0]))) from None


def _json_object() -> Row:
    try:
        found = request.get_json(silent=True)
        # JSON can carry half a character as \ud800, which no file can store.
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        found = None
    except UnicodeEncodeError:
        raise BadInput("The request holds half a character; send whole ones.") from None
    if not isinstance(found, dict):
        raise BadInput("Send one JSON object, with the header Content-Type: application/json.")
    return found


def _wrong_field(model: type[BaseModel], problem: Problem) -> str:
    name = str(problem["loc"][0])
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(model.model_fields)
        return f"There is no field “{name[:40]}” here; the fields are {allowed}."
    words = _words(model)[name]
    if problem["type"] == "missing":
        return f"The field “{name}” is missing; send {words}."
    return f"The field “{name}” must be {words}."


def _wrong_argument(model: type[BaseModel], problem: Problem) -> str:
    name, value = str(problem["loc"][0]), str(problem["input"])
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(model.model_fields)
        return f"There is no “{name[:40]}” to ask for in this address; there are: {allowed}."
    if problem["type"] == "literal_error":
        expected = problem["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"“{value[:40]}” is not what “{name}” in the address can be; there are: {expected}."
    return f"“{value[:40]}” is not a whole number; mend “{name}” in the address."


@cache
def _words(model: type[BaseModel]) -> dict[str, str]:
    """Say of each field what it must be, from the model's own schema."""
    fields = model.model_json_schema()["properties"]
    return {
        name: " or ".join(WORDS[kind["type"]] for kind in field.get("anyOf", [field]))
        for name, field in fields.items()
    }
