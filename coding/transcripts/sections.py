"""Say which issue a transcript, a section of it or a single turn is about."""

from sqlite_utils import Database

from ..checks import get
from ..errors import BadInput


def set_transcript_issue(db: Database, transcript_id: int, issue_id: int | None) -> None:
    """Set the issue of a whole transcript; turns with an issue of their own keep it."""
    get(db, "transcript", transcript_id, "transcript")
    _check_issue(db, issue_id)
    db.table("transcript").update(transcript_id, {"issue_id": issue_id})


def set_issue(
    db: Database,
    transcript_id: int,
    first_position: int,
    last_position: int,
    issue_id: int | None,
) -> None:
    """Set the issue of the turns from one position to another; None leaves the transcript's."""
    get(db, "transcript", transcript_id, "transcript")
    _check_issue(db, issue_id)
    turns = db.table("turn").count_where("transcript_id = ?", [transcript_id])
    if not 1 <= first_position <= last_position <= turns:
        raise BadInput(
            f"Turns {first_position} to {last_position} are not in this transcript; "
            f"it has turns 1 to {turns}."
        )
    db.execute(
        """UPDATE turn SET issue_id = ?
           WHERE transcript_id = ? AND position BETWEEN ? AND ? AND issue_id IS NOT ?""",
        [issue_id, transcript_id, first_position, last_position, issue_id],
    )


def _check_issue(db: Database, issue_id: int | None) -> None:
    if issue_id is not None:
        get(db, "issue", issue_id, "issue")
