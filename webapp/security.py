"""Headers of every answer: no inline code, nothing from elsewhere, nothing kept by caches."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


# A recording that the reader opens from their own disk plays from memory, on the desk only.
RECORDING = "media-src blob:"


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    policy = f"{POLICY}; {RECORDING}" if request.endpoint == "desk.show" else POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def local_path(target: str | None) -> str | None:
    """Return an address only where it stays on this site, as every browser reads it."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return None
    # Browsers drop tabs and line breaks and take a backslash for a slash.
    if "\\" in target or not target.isprintable():
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target
