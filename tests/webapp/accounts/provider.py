"""A small provider of single sign-on on this machine: discovery, redirect, token, keys."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey


class Provider:
    """Says that everybody who comes is `subject`; `spoil` changes what it signs."""

    def __init__(self) -> None:
        self.subject, self.spoil, self.algorithm = "s-1", {}, "RS256"
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, private=True)
        self.asked: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, dict(parse_qs(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider.answer(self, dict(parse_qs(sent)))

            def log_message(self, *words: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = self.calls_itself = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler, sent: dict[str, list[str]]) -> None:
        values = {name: found[0] for name, found in sent.items()}
        path = urlsplit(request.path).path
        if path == "/authorise":
            code = secrets.token_hex(8)
            self.asked[code] = values
            back = urlencode({"code": code, "state": values["state"]})
            request.send_response(302)
            request.send_header("Location", f"{values['redirect_uri']}?{back}")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        found = {
            "/.well-known/openid-configuration": self._metadata,
            "/keys": lambda: KeySet([self.key]).as_dict(private=False),
            "/token": lambda: self._token(values),
        }[path]()
        body = json.dumps(found).encode()
        request.send_response(400 if "error" in found else 200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.calls_itself,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def _token(self, sent: dict[str, str]) -> dict[str, Any]:
        asked = self.asked.pop(sent["code"], None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked.get("code_challenge") != challenge:
            return {"error": "invalid_grant"}
        if asked["redirect_uri"] != sent["redirect_uri"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": self.subject, "aud": "coproduce", "iat": now,
                  "exp": now + 300, "nonce": asked["nonce"], **self.spoil}  # fmt: skip
        return {"access_token": "a", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.algorithm == "none":
            parts = [json.dumps(part).encode() for part in ({"alg": "none"}, claims)]
            coded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
            return ".".join([*coded, ""])
        key: Any = self.key
        if self.algorithm == "HS256":  # the public key taken for a shared secret
            key = OctKey.import_key(self.key.as_pem(private=False))
        header = {"alg": self.algorithm, "kid": "k1"}
        return jwt.encode(header, claims, key, algorithms=[self.algorithm])
