"""The pages: Flask, thin. A view reads input, calls one domain function, renders or redirects."""

from . import lean  # noqa: F401  (before anything else imports sqlite-utils)

# isort: split

from pathlib import Path

from flask import Flask

from . import accounts, drafts, errors, permissions, presence, security
from .instance import Instance
from .jobs import Jobs
from .settings import read_settings


def create_app(instance: str | Path | None = None) -> Flask:
    """Build the application on an instance folder (default: COPRODUCE_INSTANCE, or ./instance)."""
    app = Flask(__name__)
    place = Instance.at(instance)
    app.extensions["coproduce"] = place
    app.extensions["jobs"] = Jobs(place.catalogue)
    app.extensions["settings"] = settings = read_settings(place.path)
    app.config.update(
        SECRET_KEY=place.secret_key(),
        SESSION_COOKIE_NAME="coproduce",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        SESSION_REFRESH_EACH_REQUEST=False,  # the session lives on the server; nothing to renew
        MAX_CONTENT_LENGTH=210 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        OIDC_NAME=settings.oidc.name if settings.oidc else None,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.json.sort_keys = False  # type: ignore[attr-defined]  # columns keep their order
    security.init_app(app)
    accounts.init_app(app)
    errors.init_app(app)
    presence.init_app(app)
    drafts.init_app(app)
    _register_pages(app)
    return app


def _register_pages(app: Flask) -> None:
    from . import current, display, result_sight
    from .pages import BLUEPRINTS

    current.init_app(app)
    permissions.init_app(app)
    display.init_app(app)
    result_sight.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
