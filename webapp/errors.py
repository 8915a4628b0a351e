"""Each error becomes one page or one JSON sentence, here and nowhere else."""

from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.exceptions import NotFound as NotFoundPage
from werkzeug.routing import RequestRedirect

from analysis.errors import BadInput as BadNumbers
from coding.errors import BadInput, Conflict, NotFound

from .permissions import NotAllowed
from .security import local_path
from .writer import NotSaved

BAD_INPUT = (BadInput, BadNumbers)

STATUS: dict[type[Exception], int] = {
    BadInput: 400,
    BadNumbers: 400,
    NotAllowed: 403,
    NotFound: 404,
    Conflict: 409,
    NotSaved: 503,
}

SENTENCES = {
    404: "There is no such page; it may have been removed, or the address may be mistyped.",
    405: "This address does not take that kind of request.",
    413: "The file is too large: the limit is 200 MB.",
    429: "Too many tries; wait ten minutes and try again.",
    500: "Something went wrong on our side and nothing was saved. The server's log says what.",
}

TITLES = {
    400: "That did not work",
    403: "Not allowed",
    404: "Not found",
    409: "Changed in the meantime",
    413: "Too large",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Not saved",
}


def init_app(app: Flask) -> None:
    for kind in STATUS:
        app.register_error_handler(kind, _named)
    app.register_error_handler(CSRFError, _lapsed_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _named(error: Exception) -> ResponseReturnValue:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return _answer(status, str(error.args[0]), getattr(error, "current", None))


def _lapsed_form(error: CSRFError) -> ResponseReturnValue:
    if not current_user.is_authenticated:
        return _sign_in_again()
    sentence = "This page was open too long or in another browser; reload it and try again."
    if _wants_json():
        return {"error": sentence, "lapsed": True}, 400
    return _answer(400, sentence)


def _sign_in_again() -> ResponseReturnValue:
    """Lead somebody who was signed out back to the page where they typed."""
    if _wants_json():
        return {"error": "Sign in first."}, 401
    typed_at = local_path(urlsplit(request.referrer or "").path)
    return redirect(url_for("accounts.sign_in", next=typed_at))


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status == 405 and request.method == "GET" and (page := _page_above(request.path)):
        return redirect(page)
    return _answer(status, SENTENCES.get(status, str(error.description)))


def _page_above(path: str) -> str | None:
    """Return the page under which a form's address stands, for whoever reloads that address."""
    rules = current_app.url_map.bind("")
    while not path.startswith("/api/") and "/" in path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            rules.match(path, "GET")
        except (NotFoundPage, MethodNotAllowed):
            continue
        except RequestRedirect as elsewhere:
            return urlsplit(elsewhere.new_url).path
        return path
    return None if path.startswith("/api/") else "/"


def _unexpected(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("%s %s", request.method, request.path)
    return _answer(500, SENTENCES[500])


def _answer(
    status: int, sentence: str, current: dict[str, object] | None = None
) -> ResponseReturnValue:
    if _wants_json():
        return {"error": sentence, "current": current}, status
    title = TITLES.get(status, TITLES[400])
    return render_template("error.html", title=title, sentence=sentence, status=status), status
