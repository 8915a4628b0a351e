"""The page groups, one blueprint a module."""

from flask import Blueprint

from . import effects, effects_api, jobs, overview, panel, responses, studies

BLUEPRINTS: list[Blueprint] = [
    studies.pages,
    overview.pages,
    jobs.pages,
    panel.pages,
    responses.pages,
    effects.pages,
    effects_api.pages,
]
