"""The page groups, one blueprint a module."""

from flask import Blueprint

from . import (
    agreement,
    api,
    codebook,
    codebook_closing,  # noqa: F401
    codebook_example,  # noqa: F401
    codebook_versions,  # noqa: F401
    codebook_work,  # noqa: F401  (it adds to the codebook's pages)
    desk,
    effects,
    framework,
    here,
    history,
    jobs,
    joint,
    language,
    members,
    memos,
    messages,
    overview,
    panel,
    provenance,
    pseudonyms,
    queries,
    quotes,
    responses,
    search,
    speakers,
    stories,
    studies,
    suggestions,
    topics,
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
    framework.pages,
    queries.pages,
    api.pages,
    speakers.pages,
    overview.pages,
    stories.pages,
    messages.pages,
    memos.pages,
    joint.pages,
    provenance.pages,
    jobs.pages,
    members.pages,
    panel.pages,
    responses.pages,
    effects.pages,
    history.pages,
    agreement.pages,
    language.pages,
    topics.pages,
    suggestions.pages,
    pseudonyms.pages,
]
