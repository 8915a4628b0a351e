"""How often somebody may try to sign in, by account and by address."""

from flask import Flask, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)

PER_ADDRESS = "60 per 10 minutes"
PER_ACCOUNT = "10 per 10 minutes"


def _account() -> str:
    return f"account {request.form.get('name', '').strip().casefold()[:200]}"


def _waiting() -> str:
    return f"code {(session.get('waiting') or [''])[0]}"


by_address = limiter.limit(PER_ADDRESS, methods=["POST"])
by_account = limiter.limit(PER_ACCOUNT, key_func=_account, methods=["POST"])
by_person = limiter.limit(PER_ACCOUNT, key_func=_waiting, methods=["POST"])


def init_app(app: Flask) -> None:
    limiter.init_app(app)
