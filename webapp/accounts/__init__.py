"""Who is signed in, and the pages on which people sign in, join, and look after their account."""

from flask import Flask

from . import identity, limits, own, people, signing_in

BLUEPRINTS = [signing_in.pages, own.pages, people.pages]


def init_app(app: Flask) -> None:
    identity.init_app(app)
    limits.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
