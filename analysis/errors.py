"""What can be wrong with numbers that people bring; each message is one sentence for a user."""


class BadInput(ValueError):
    """Says what is wrong, where, and what to do."""
