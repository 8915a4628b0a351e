"""How often somebody may try to sign in or send tokens, by account and by address."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request, session
from flask_login import current_user
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

PER_ADDRESS = parse("60 per 10 minutes")
PER_ACCOUNT = parse("10 per 10 minutes")
PER_SELF = parse("20 per 10 minutes")
View = Callable[..., Any]

counts = MemoryStorage()
_counting = FixedWindowRateLimiter(counts)


def _count(limit: RateLimitItem, *names: str) -> None:
    if not _counting.hit(limit, *names):
        ends = _counting.get_window_stats(limit, *names).reset_time
        raise TooManyRequests(retry_after=max(1, round(ends - time.time())))


def _limited(
    limit: RateLimitItem, who: Callable[[], str], what: str = ""
) -> Callable[[View], View]:
    """Count each call of a view by who asks; with `what`, several views share one count."""

    def limit_view(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **values: Any) -> Any:
            _count(limit, what or f"{view.__module__}.{view.__name__}", who())
            return view(*args, **values)

        return counted

    return limit_view


def _address() -> str:
    return request.remote_addr or "nowhere"


def _account() -> str:
    return f"account {' '.join(request.form.get('name', '').split()).casefold()[:200]}"


def _waiting() -> str:
    return f"code {(session.get('waiting') or [''])[0]}"


def _own() -> str:
    return f"own {current_user.id}"


by_address = _limited(PER_ADDRESS, _address)
by_account = _limited(PER_ACCOUNT, _account)
by_person = _limited(PER_ACCOUNT, _waiting)
# One's own account: what a stolen session could try there.
by_self = _limited(PER_SELF, _own, "own account")


def count_wrong_token() -> None:
    """Count a token that does not hold; a right one is never turned away."""
    _count(PER_ADDRESS, "wrong token", _address())
