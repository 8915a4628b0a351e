"""Write messages: each version stands for good, with its sentences and their evidence."""

from collections.abc import Sequence

from sqlite_utils import Database

from analysis.stored_figures import same_figures, store_figures
from coding.checks import Row, check_text, get, insert, now
from coding.errors import BadInput, Conflict

from .evidence import check_evidence
from .reading import get_message, shown_versions

Sentence = tuple[str, Sequence[int]]
LONGEST = 2_000


def start_message(db: Database, nudge: str, wave_id: int, area_id: int, issue_id: int) -> int:
    """Start the message of a nudge for a wave, area and issue; the same again is the same one."""
    if nudge not in ("A", "B"):
        raise BadInput(f"A message belongs to nudge A or B, not “{nudge[:20]}”.")
    row = {
        "nudge": nudge,
        "wave_id": get(db, "wave", wave_id, "wave")["id"],
        "area_id": get(db, "area", area_id, "area")["id"],
        "issue_id": get(db, "issue", issue_id, "issue")["id"],
    }
    same = "nudge = :nudge AND wave_id = :wave_id AND area_id = :area_id AND issue_id = :issue_id"
    for found in list(db.table("message").rows_where(same, row)):
        return int(found["id"])
    return insert(db, "message", {**row, "created_at": now()})


def write_version(
    db: Database,
    message_id: int,
    revision: int,
    sentences: Sequence[Sentence],
    coder_id: int,
    figures: Sequence[Row] | None = None,
) -> int:
    """Write the next version of a message: sentences, each with the story quotes behind it.

    `figures` are those of time that it uses (`figures.figure_of`), the same as before where not
    said. Nothing new is written where text, evidence and figures are those of the latest version.
    Raises Conflict where somebody wrote another version since.
    """
    message = get_message(db, message_id)
    if message["revision"] != revision:
        raise Conflict("Somebody changed this message since you opened it; look again.", message)
    if shown_versions(db, message_id):
        raise BadInput(
            f"This message was fixed when wave {message['wave']} was allocated and cannot change; "
            "write it anew for a later wave."
        )
    written = _checked(sentences)
    used = message["figures"] if figures is None else figures
    if _as_stored(message) == written and same_figures(used, message["figures"]):
        return int(message["version_id"])
    check_evidence(
        db, message, {q for _, quotes in written for q in quotes}, _allocated_on(db, message)
    )
    with db.atomic():
        version_id = _store(db, message, written, coder_id)
        store_figures(db, version_id, used, coder_id, now())
        db.table("message").update(message_id, {"revision": revision + 1})
    return version_id


def _as_stored(message: Row) -> list[tuple[str, list[int]]]:
    return [(s["text"], [e["id"] for e in s["evidence"]]) for s in message["sentences"]]


def _checked(sentences: Sequence[Sentence]) -> list[tuple[str, list[int]]]:
    written = [
        (" ".join(check_text(text, f"Sentence {n}", LONGEST).split()), sorted(set(quotes)))
        for n, (text, quotes) in enumerate(sentences, 1)
    ]
    if not any(text for text, _ in written):
        raise BadInput("The message is empty; write at least one sentence.")
    for n, (text, _) in enumerate(written, 1):
        if not text:
            raise BadInput(f"Sentence {n} is empty; write it or take it out.")
    if sum(len(text) for text, _ in written) > LONGEST:
        raise BadInput(f"The message has more than {LONGEST:,} characters; shorten it.")
    return written


def _store(
    db: Database, message: Row, written: Sequence[tuple[str, list[int]]], coder_id: int
) -> int:
    version = {
        "message_id": message["id"],
        "version": (message["version"] or 0) + 1,
        "coder_id": coder_id,
        "created_at": now(),
    }
    version_id = insert(db, "message_version", version)
    for position, (text, quotes) in enumerate(written, 1):
        sentence = {"message_version_id": version_id, "position": position, "text": text}
        sentence_id = insert(db, "message_sentence", sentence)
        for quote in quotes:
            evidence = {"sentence_id": sentence_id, "story_quote_id": quote}
            db.table("sentence_evidence").insert(evidence)
    return version_id


def _allocated_on(db: Database, message: Row) -> str | None:
    from analysis.stored_allocation import find_receipt  # reads pandas, which few pages need

    receipt = find_receipt(db, message["wave_id"])
    return str(receipt["allocated_on"]) if receipt else None
