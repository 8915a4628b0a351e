"""Tells the page which form was saved, so that it forgets the draft of what was typed there."""

from urllib.parse import quote, urlsplit

from flask import Flask, Response, request, url_for

SAVED = "saved"  # read and removed by drafts.mjs
REDIRECTS = (301, 302, 303)


def init_app(app: Flask) -> None:
    app.after_request(_note_saved)


def _note_saved(response: Response) -> Response:
    form = request.method == "POST" and not request.path.startswith("/api/")
    if form and response.status_code in REDIRECTS and not _asks_to_sign_in(response):
        response.set_cookie(SAVED, quote(request.path, safe="/"), max_age=60, samesite="Lax")
    return response


def _asks_to_sign_in(response: Response) -> bool:
    return urlsplit(response.location or "").path == url_for("accounts.sign_in")
