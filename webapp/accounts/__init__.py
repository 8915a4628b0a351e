"""Who is signed in, and the pages on which people sign in, join, and look after their account."""

from flask import Flask

from . import identity, oidc, own, people, second_factor, signing_in

__all__ = ["init_app", "second_factor"]
BLUEPRINTS = [signing_in.pages, own.pages, people.pages, oidc.pages]


def init_app(app: Flask) -> None:
    """Let people in, and register the pages of accounts."""
    identity.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
