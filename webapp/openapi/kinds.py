"""The kinds of values that bodies, queries and answers are made of."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# Beyond this, JavaScript cannot count and SQLite soon cannot store.
LARGEST = 2**53 - 1
Row = dict[str, Any]


def plain(schema: Row) -> None:
    """Leave out titles that only repeat a field's name, and defaults that say nothing."""
    for field in schema.get("properties", {}).values():
        field.pop("title", None)
        field.pop("default", None)


def _never_null(schema: Row) -> None:
    """What is not asked for is left out of an address; nothing there can be null."""
    plain(schema)
    for field in schema["properties"].values():
        for kind in field.pop("anyOf", []):
            field.update(kind if kind != {"type": "null"} else {})


class Sent(BaseModel):
    """What a request may hold: these fields and no others, of just these types."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra=plain)


class Asked(BaseModel):
    """What may stand behind the question mark of an address."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_never_null)


class Answered(BaseModel):
    """What an answer holds; further fields may follow in later versions."""

    model_config = ConfigDict(json_schema_extra=plain)


def _digits(given: Any) -> Any:
    if isinstance(given, str) and not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise ValueError(given)
    return given


MemoType = Literal["note", "theoretical", "methodological", "reflexive"]
Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
# The domain says best what is wrong with a number out of place: told here, checked there.
Id = Annotated[int, Field(ge=-LARGEST, le=LARGEST, json_schema_extra={"minimum": 1})]
Place = Annotated[int, Field(ge=-LARGEST, le=LARGEST, json_schema_extra={"minimum": 0})]
Since = Annotated[int, BeforeValidator(_digits), Field(ge=0, le=10**15 - 1)]
