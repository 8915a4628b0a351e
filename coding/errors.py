"""What can be wrong with words that people bring; each message is one sentence for a user."""


class BadInput(ValueError):
    """Says what is wrong, where, and what to do."""


class NotFound(LookupError):
    """The study holds no such object."""


class Conflict(Exception):
    """Somebody else changed the object first; `current` is what it says now."""

    def __init__(self, message: str, current: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.current = current


class QuoteMismatch(Conflict):
    """The quote sent is not what the transcript says at that place."""
