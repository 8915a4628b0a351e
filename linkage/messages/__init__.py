"""Messages: what a nudge says in an area on an issue, each sentence with the quotes behind it."""

from .reading import get_message, list_messages, list_versions
from .sentences import split_sentences
from .writing import start_message, write_version

__all__ = [
    "get_message",
    "list_messages",
    "list_versions",
    "split_sentences",
    "start_message",
    "write_version",
]
