"""Make the OpenAPI document out of what the views say of themselves."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import current_app
from spectree import Response, SpecTree, Tag
from spectree.plugins.flask_plugin import FlaskPlugin
from werkzeug.routing import Rule

from ..version import VERSION
from . import (
    answered,
    answered_allocation,
    answered_chain,
    answered_effects,
    answered_suggestions,
    answered_topics,
    asked,
    sent,
)
from .described import Description
from .kinds import LARGEST

Row = dict[str, Any]
TITLE = "Coproduce"
ABOUT = (
    "One study's words, numbers and where they meet. Every error is one sentence as "
    "`{error, current}`. Changes are on disk when they are answered."
)
TAGS = {
    "Studies": "The studies of this server, and this document.",
    "Words": "Transcripts, the codebook, codings, suggestions and memos.",
    "Messages": "Stories and the messages that rest on them.",
    "Survey": "How a wave was allocated, and what came of it.",
    "Together": "Prevalence, effects and the joint display.",
    "History": "What changed, undo and redo.",
}
EVERY = {
    400: "The request is not as this document says, or what it asks cannot be done.",
    401: "Nobody is signed in.",
    403: "Your roles in this study do not allow it.",
    429: "Too many wrong tokens from this address; wait ten minutes.",
    503: "The study file cannot be read or written now; nothing was saved.",
}
NO_SUCH = "There is no such study, or no such thing in it."
PATHS: dict[str, tuple[str, Row]] = {
    "study_key": (
        "The study's key.",
        {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"},
    ),
    "transcript_id": ("The transcript's number.", {}),
    "coding_id": ("The coding's number.", {}),
    "code_id": ("The code's number.", {}),
    "memo_id": ("The memo's number.", {}),
    "decision_id": ("The decision's number.", {}),
    "dismissal_id": ("The dismissal's number.", {}),
}
NUMBER = {"type": "integer", "minimum": 0, "maximum": LARGEST}
SCHEMES: Row = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "coproduce",
        "description": "The cookie of a signed-in browser.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": "X-CSRFToken",
        "description": "With the cookie, each change needs the page's csrf-token.",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A person's own token, for scripts; it needs no csrf token.",
    },
}
Security = list[dict[str, list[str]]]
READS: Security = [{"session": []}, {"token": []}]
CHANGES: Security = [{"session": [], "csrf": []}, {"token": []}]


class _DescribedViews(FlaskPlugin):
    """Finds the views that describe themselves; SpecTree itself checks and serves nothing."""

    def parse_func(self, route: Rule) -> Iterator[tuple[str, Any]]:
        view = current_app.view_functions[route.endpoint]
        description = getattr(view, "description", None)
        if description:
            for method in (route.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, _enter(self.spectree, view, description, method)

    def parse_path(self, route: Any, descriptions: Any) -> tuple[str, list[Row]]:
        path, parameters = super().parse_path(route, descriptions)
        for parameter in parameters:
            parameter["description"], schema = PATHS[parameter["name"]]
            parameter["schema"] = schema or NUMBER
        return path, parameters


def _enter(tree: SpecTree, view: Any, description: Description, method: str) -> Any:
    changes = method != "GET"
    tag = Tag(name=description.tag, description=TAGS[description.tag])
    return tree.validate(
        json=getattr(sent, description.sent) if description.sent else None,
        query=getattr(asked, description.asked) if description.asked else None,
        headers=sent.ChangeHeaders if changes else None,
        resp=_responses(description, in_study="study_key" in _names(view)),
        security=CHANGES if changes else READS,
        tags=[tag],
        operation_id=view.__name__,
        skip_validation=True,
    )(view)


def _names(view: Any) -> set[str]:
    rules = current_app.url_map.iter_rules(f"api.{view.__name__}")
    return {name for rule in rules for name in rule.arguments}


def _responses(description: Description, in_study: bool) -> Response:
    errors = EVERY | ({404: NO_SUCH} if in_study else {}) | dict(description.refused)
    models: Row = {f"HTTP_{code}": (answered.Problem, errors[code]) for code in sorted(errors)}
    said = HTTPStatus(description.status).phrase
    models[f"HTTP_{description.status}"] = (_answer(description.answer), said)
    return Response(**models)


def _answer(name: str | None) -> Any:
    if name is None:
        return None
    plain = name.strip("[]")
    rooms = (
        answered,
        answered_allocation,
        answered_chain,
        answered_effects,
        answered_suggestions,
        answered_topics,
    )
    model: Any = next(getattr(room, plain) for room in rooms if hasattr(room, plain))
    return list.__class_getitem__(model) if name.startswith("[") else model


def build_spec() -> Row:
    """Return the OpenAPI document of this application; needs its context."""
    tree = SpecTree(
        backend=_DescribedViews,
        path="openapi-internal",  # served nowhere; under its own path it would document nothing
        page_templates={},
        mode="strict",
        annotations=False,
        title=TITLE,
        description=ABOUT,
        version=VERSION,
        validation_error_status=400,
        validation_error_model=answered.Problem,
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda _, child: child,
        security=READS,
    )
    found: Row = tree.spec
    found["components"]["securitySchemes"] = SCHEMES
    return found
