"""The page groups, one blueprint a module."""

from flask import Blueprint

from . import effects, effects_api, jobs, overview, panel, responses, speakers, studies, transcripts

BLUEPRINTS: list[Blueprint] = [
    studies.pages,
    transcripts.pages,
    speakers.pages,
    overview.pages,
    jobs.pages,
    panel.pages,
    responses.pages,
    effects.pages,
    effects_api.pages,
]
