"""The provider of single sign-on: where to leave for, and what comes back from there."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, session

from ..settings import Oidc

PATIENCE = 10  # seconds
STATE = "_state_single_"
# Never "none", nor one whose key is the client's secret.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


class Failed(Exception):
    """The provider could not be asked, or what came back does not hold."""


@dataclass(frozen=True)
class Arrival:
    """Somebody who came back: who they are there, and what they left for."""

    subject: str
    purpose: dict[str, Any]


def _client(provider: Oidc) -> Any:
    if "single sign-on" not in current_app.extensions:
        current_app.extensions["single sign-on"] = _new_client(provider)
    client = current_app.extensions["single sign-on"]
    metadata = client.load_server_metadata()
    if metadata.get("issuer") != provider.issuer:
        raise ValueError(f"the provider calls itself {metadata.get('issuer')!r}")
    listed = metadata.get("id_token_signing_alg_values_supported") or []
    safe = [name for name in listed if name in SIGNED_BY]
    metadata["id_token_signing_alg_values_supported"] = safe or ["RS256"]
    return client


def _new_client(provider: Oidc) -> Any:
    from authlib.integrations.flask_client import OAuth

    return OAuth(current_app).register(
        "single",
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


def _failures() -> tuple[type[Exception], ...]:
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    return (AuthlibBaseError, JoseError, RequestException, ValueError, KeyError, RuntimeError)


def address_to_leave_for(provider: Oidc, back: str, purpose: dict[str, Any]) -> str:
    """Return the provider's page, with state, nonce and PKCE; raises Failed."""
    try:
        client = _client(provider)
        leaving = client.create_authorization_url(back)
    except _failures() as error:
        raise Failed(str(error)) from error
    for earlier in [key for key in session if key.startswith(STATE)]:
        session.pop(earlier)  # the session is a cookie and holds 4 KB
    address: str = leaving.pop("url")
    client.save_authorize_data(redirect_uri=back, purpose=purpose, **leaving)
    return address


def arrive(provider: Oidc) -> Arrival:
    """Return who came back, once state, signature, issuer, audience and nonce hold."""
    try:
        client = _client(provider)
        kept = client.framework.get_state_data(session, request.args.get("state", "")) or {}
        token = client.authorize_access_token()
        subject = token["userinfo"]["sub"]
    except _failures() as error:
        raise Failed(f"{type(error).__name__}: {error}") from error
    if not isinstance(subject, str) or not subject:
        raise Failed("the token names no subject")
    return Arrival(f"{provider.issuer} {subject}", kept["purpose"])
