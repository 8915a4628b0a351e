"""R and Python code that gives a result again, and the answers that it reads."""

from __future__ import annotations

from flask import Response, request

from linkage.survey.asked import Asked, choose
from linkage.survey.reproducing import file_names, written

from ...current import study
from ...downloads import attachment
from .blueprint import pages


@pages.get("/code.<any(python, r):language>")
def code(language: str) -> Response:
    """Give the code of the result that the address names; it holds no respondent's answer."""
    return _file(language)


@pages.get("/answers.csv")
def answers() -> Response:
    """Give the answers one row a respondent, without ids: for who runs the survey, no release."""
    return _file("answers")


def _file(kind: str) -> Response:
    asked = _asked()
    name = file_names(study().key, asked)[kind]
    return attachment(written(kind, study().key, asked), "text/plain; charset=utf-8", name)


def _asked() -> Asked:
    given = request.args
    return choose(study().db, *(given.get(k) or None for k in ("wave", "outcome", "contrast")))
