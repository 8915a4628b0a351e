"""How often somebody may try to sign in or send tokens, by account and by address."""

from flask import Flask, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits import parse
from werkzeug.exceptions import TooManyRequests

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)

PER_ADDRESS = "60 per 10 minutes"
PER_ACCOUNT = "10 per 10 minutes"
WRONG_TOKENS = parse("60 per 10 minutes")


def _account() -> str:
    return f"account {' '.join(request.form.get('name', '').split()).casefold()[:200]}"


def _waiting() -> str:
    return f"code {(session.get('waiting') or [''])[0]}"


def _own() -> str:
    return f"own {current_user.id}"


by_address = limiter.limit(PER_ADDRESS, methods=["POST"])
by_address_any = limiter.limit(PER_ADDRESS)
by_account = limiter.limit(PER_ACCOUNT, key_func=_account, methods=["POST"])
by_person = limiter.limit(PER_ACCOUNT, key_func=_waiting, methods=["POST"])
# One's own account: what a stolen session could try there.
by_self = limiter.shared_limit("20 per 10 minutes", "own account", key_func=_own, methods=["POST"])


def count_wrong_token() -> None:
    """Count a token that does not hold; a right one is never turned away."""
    if not limiter.limiter.hit(WRONG_TOKENS, "wrong token", get_remote_address()):
        raise TooManyRequests


def init_app(app: Flask) -> None:
    limiter.init_app(app)
