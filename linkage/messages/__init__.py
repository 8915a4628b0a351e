"""Messages: what a nudge says in an area on an issue, each sentence with the quotes behind it."""

from .approving import approve, lacking_consent, take_approval_back
from .reading import get_message, list_messages, list_versions
from .sentences import split_sentences
from .writing import start_message, write_version

__all__ = [
    "approve",
    "lacking_consent",
    "take_approval_back",
    "get_message",
    "list_messages",
    "list_versions",
    "split_sentences",
    "start_message",
    "write_version",
]
