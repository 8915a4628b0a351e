"""The plan of a wave: proposed, written, frozen under its hash, and held beside the results."""

from .fitting import columns_of, misfits
from .proposing import propose, sources
from .stored import (
    altered_plans,
    before_now,
    draft_of,
    drop_draft,
    freeze_plan,
    frozen_plan,
    note_seen,
    save_draft,
    versions,
    was_seen,
    who_saw,
)
from .words import LABELS, MEMBERS, sections

__all__ = [
    "LABELS",
    "MEMBERS",
    "altered_plans",
    "before_now",
    "columns_of",
    "draft_of",
    "drop_draft",
    "freeze_plan",
    "frozen_plan",
    "misfits",
    "note_seen",
    "propose",
    "save_draft",
    "sections",
    "sources",
    "versions",
    "was_seen",
    "who_saw",
]
