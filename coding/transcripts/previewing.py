"""What a file would become, shown before anything is stored."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..checks import check_name
from ..errors import BadInput
from ..labels import is_moderator
from ..readers import Paragraph, read
from ..turns import FoundTurn, count_words, find_turns, join_text


@dataclass(frozen=True)
class FoundSpeaker:
    """A speaker as it would be stored, with the labels of the file that mean this person."""

    name: str
    labels: tuple[str, ...]
    turns: int
    words: int
    role: str


@dataclass(frozen=True)
class Preview:
    """A file read and understood; `import_transcript` stores exactly this."""

    title: str
    file_name: str
    sha256: str
    text: str
    turns: tuple[FoundTurn, ...]
    speakers: tuple[FoundSpeaker, ...]
    unattributed: int

    @property
    def words(self) -> int:
        """The words of all turns, without the marks."""
        return sum(count_words(self.speech(turn)) for turn in self.turns)

    def speech(self, turn: FoundTurn) -> str:
        """Return the words of a turn."""
        return self.text[turn.speech_start : turn.end]

    def first_turns(self, number: int = 8) -> list[tuple[str | None, str]]:
        """Return the first turns as speaker and words."""
        return [(turn.speaker, self.speech(turn)) for turn in self.turns[:number]]


def preview(
    path: Path,
    names: Mapping[str, str] | None = None,
    moderators: Collection[str] | None = None,
) -> Preview:
    """Read a file and find its speakers and turns; nothing is stored.

    `names` renames and merges labels; a label renamed to nothing is not a speaker. `moderators`
    are names or labels; None proposes whoever sounds like the person who leads the group.
    """
    path = Path(path)
    given = {label: " ".join(name.split()) for label, name in (names or {}).items()}
    refused = {label for label, name in given.items() if not name}
    paragraphs = [_restored(paragraph, refused) for paragraph in read(path)]
    text = join_text(paragraphs)
    found = find_turns(paragraphs, refused)
    title = check_name(path.stem[:200], f"the file {path.name}")
    return Preview(
        title=title,
        file_name=path.name,
        sha256=sha256(path.read_bytes()).hexdigest(),
        text=text,
        turns=tuple(_renamed(turn, given) for turn in found),
        speakers=_speakers(path, text, found, given, moderators),
        unattributed=sum(turn.speaker is None for turn in found),
    )


def _restored(paragraph: Paragraph, refused: Collection[str]) -> Paragraph:
    """Give back to the text a word that the format stated as a speaker and that is none."""
    if paragraph.speaker not in refused:
        return paragraph
    return replace(paragraph, speaker=None, text=f"{paragraph.speaker}: {paragraph.text}")


def _renamed(turn: FoundTurn, names: Mapping[str, str]) -> FoundTurn:
    if turn.speaker is None:
        return turn
    return replace(turn, speaker=names.get(turn.speaker, turn.speaker))


def _speakers(
    path: Path,
    text: str,
    turns: Sequence[FoundTurn],
    names: Mapping[str, str],
    moderators: Collection[str] | None,
) -> tuple[FoundSpeaker, ...]:
    labels: dict[str, dict[str, None]] = {}
    spoken: dict[str, list[int]] = {}
    for turn in turns:
        if turn.speaker is not None:
            name = check_name(names.get(turn.speaker, turn.speaker), "a speaker")
            labels.setdefault(name, {})[turn.speaker] = None
            words = count_words(text[turn.speech_start : turn.end])
            spoken.setdefault(name, []).append(words)
    leading = _moderators(path, labels, moderators)
    return tuple(
        FoundSpeaker(
            name,
            tuple(labels[name]),
            len(words),
            sum(words),
            "moderator" if name in leading else "participant",
        )
        for name, words in spoken.items()
    )


def _moderators(
    path: Path, labels: Mapping[str, Collection[str]], given: Collection[str] | None
) -> set[str]:
    if given is None:
        return {
            name for name in labels if is_moderator(name) or any(map(is_moderator, labels[name]))
        }
    leading = {name for name in labels if name in given or set(labels[name]) & set(given)}
    if given and not leading:
        raise BadInput(
            f"{path.name} has no speaker “{min(given)}” to be the moderator; "
            f"its speakers are: {', '.join(labels) or 'none'}."
        )
    return leading
