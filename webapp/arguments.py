"""What a page's address may ask for, checked once at the edge."""

from flask import request

from coding.errors import BadInput


def whole_argument(name: str) -> int | None:
    """Return a whole number of the address, or None where it is absent or blank."""
    given = request.args.get(name, "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise BadInput(f"“{given[:40]}” is not a whole number; mend “{name}” in the address.")
    return int(given)
