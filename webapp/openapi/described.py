"""Say of a view what it takes and answers; what it takes is checked before it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Description:
    """What stands in the OpenAPI document beside the view's own words.

    Models go by their names in `asked`, `sent` and `answered`, which import pydantic. `answer` is
    None where nothing is answered; `[Name]` is a list. `refused` says when each further error
    comes; the errors of every address are added by `spec`.
    """

    tag: str
    answer: str | None
    status: int = 200
    sent: str | None = None
    asked: str | None = None
    refused: tuple[tuple[int, str], ...] = ()


def described(
    tag: str,
    answer: str | None,
    status: int = 200,
    *,
    sent: str | None = None,
    asked: str | None = None,
    refused: dict[int, str] | None = None,
) -> Callable[[View], View]:
    """Describe a view; it is handed the checked body as `sent`, the checked query as `asked`."""
    description = Description(tag, answer, status, sent, asked, tuple((refused or {}).items()))

    def describe(view: View) -> View:
        @wraps(view)
        def checked(**values: Any) -> ResponseReturnValue:
            if sent or asked:
                from .reading import read_body, read_query

                if sent:
                    values["sent"] = read_body(sent)
                if asked:
                    values["asked"] = read_query(asked)
            return view(**values)

        checked.description = description  # type: ignore[attr-defined]
        return checked

    return describe
