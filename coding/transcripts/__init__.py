"""Transcripts: look before storing, store, list, and say which issue each part is about."""

from .neighbours import neighbours, ordered
from .previewing import FoundSpeaker, Preview, preview
from .reading import (
    LONGEST,
    get_transcript,
    list_transcripts,
    list_turns,
    passage,
    text,
)
from .sections import set_issue, set_transcript_issue
from .storing import delete_transcript, import_transcript, rename_transcript
from .whole import are_whole

__all__ = [
    "LONGEST",
    "FoundSpeaker",
    "Preview",
    "are_whole",
    "delete_transcript",
    "get_transcript",
    "import_transcript",
    "list_transcripts",
    "list_turns",
    "neighbours",
    "ordered",
    "passage",
    "preview",
    "rename_transcript",
    "set_issue",
    "set_transcript_issue",
    "text",
]
