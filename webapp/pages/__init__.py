"""The page groups, one blueprint a module."""

from flask import Blueprint

from . import (
    api,
    codebook,
    desk,
    effects,
    here,
    history,
    jobs,
    joint,
    members,
    messages,
    overview,
    panel,
    provenance,
    quotes,
    responses,
    search,
    speakers,
    stories,
    studies,
    transcripts,
)

BLUEPRINTS: list[Blueprint] = [
    studies.pages,
    transcripts.pages,
    desk.pages,
    here.pages,
    codebook.pages,
    quotes.pages,
    search.pages,
    api.pages,
    speakers.pages,
    overview.pages,
    stories.pages,
    messages.pages,
    joint.pages,
    provenance.pages,
    jobs.pages,
    members.pages,
    panel.pages,
    responses.pages,
    effects.pages,
    history.pages,
]
