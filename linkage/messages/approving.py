"""Approve messages: only such as quote nobody who did not consent to it."""

from sqlite_utils import Database

from coding.checks import Row, get, insert, now
from coding.errors import BadInput, Conflict

from .reading import get_message

LACKS = {
    False: "refused or withdrew consent to messages",
    None: "has no consent to messages recorded",
}


def lacking_consent(message: Row) -> list[str]:
    """Say whose consent a message lacks, each person once."""
    found = {
        f"{', '.join(quote['speakers']) or 'nobody known'} ({quote['group']}) "
        f"{LACKS[quote['consent']]}"
        for sentence in message["sentences"]
        for quote in sentence["evidence"]
        if not quote["consent"]
    }
    return sorted(found)


def refused(message: Row) -> list[str]:
    """Say who of those that a message quotes refused or withdrew."""
    return [told for told in lacking_consent(message) if LACKS[False] in told]


def check_refused(message: Row) -> None:
    """Raise BadInput where a message quotes somebody who refused or withdrew."""
    if found := refused(message):
        raise BadInput(
            f"The message for {message['area_name']}, {message['issue_name']} quotes somebody "
            f"who does not allow it: {found[0]}; take the quote out."
        )


def approve(db: Database, message_id: int, version: int, coder_id: int) -> None:
    """Approve the latest version of a message; it must be the one that was read."""
    message = get_message(db, message_id)
    if not message["version_id"]:
        raise BadInput("Nothing is written yet; a message is approved once it says something.")
    if message["version"] != version:
        raise Conflict("The message has a newer version; read it before you approve it.", message)
    if lacks := lacking_consent(message):
        raise BadInput(f"The message cannot be approved: {'; '.join(lacks)}.")
    if not message["approval"]:
        row = {"message_version_id": message["version_id"], "coder_id": coder_id}
        insert(db, "message_approval", {**row, "approved_at": now()})


def take_approval_back(db: Database, message_id: int) -> None:
    """Take the approval of a message's latest version back."""
    approval = get_message(db, message_id)["approval"]
    if not approval:
        raise BadInput("The latest version of this message is not approved.")
    get(db, "message_approval", approval["id"], "approval")
    db.table("message_approval").delete(approval["id"])
