"""Taguette from the package index in an environment of its own, started and filled for a test."""

import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.served import free_port

HOME = Path(__file__).resolve().parents[2] / ".venv-taguette"
VERSION = "1.5.2"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
SETTINGS = """
NAME = "Beside"
BIND_ADDRESS = "127.0.0.1"
PORT = {port}
DOMAIN = "localhost"
SECRET_KEY = "only for a measurement"
DATABASE = "sqlite:///{file}"
EMAIL = "nobody@example.org"
MAIL_SERVER = {{"ssl": False, "host": "localhost", "port": 25}}
TOS_FILE = None
COOKIES_PROMPT = False
X_HEADERS = False
"""


def install() -> str:
    """Install it where it is not yet; return why that is impossible, or nothing."""
    if (BIN / "taguette").exists():
        return ""
    try:
        venv.create(HOME, with_pip=True)
        subprocess.run(
            [BIN / "python", "-m", "pip", "install", "-q", f"taguette=={VERSION}"],
            check=True,
            capture_output=True,
            timeout=600,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        return said.decode(errors="replace").strip().splitlines()[-1]
    return ""


class Taguette:
    """One server with a project, a document, tags and a signed-in person."""

    def __init__(self, folder: Path, talk: str, tags: int) -> None:
        self.port = free_port()
        settings = folder / "config.py"
        settings.write_text(SETTINGS.format(port=self.port, file=folder / "taguette.sqlite3"))
        self._process = subprocess.Popen(
            [BIN / "taguette", "server", settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._jar = http.cookiejar.CookieJar()
        self._web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self._wait()
        self._register()
        self._project = self._new_project()
        self._document = self._import(talk)
        self.tags = tuple(self._tag(number) for number in range(tags))
        # Offsets count the bytes of the text without its tags, so these are the words it means.
        contents = self._get_json(f"{self.document}/contents")["contents"]
        self.text = re.sub(r"<[^>]*>", "", "".join(part["contents"] for part in contents))

    @property
    def document(self) -> str:
        return f"/api/project/{self._project}/document/{self._document}"

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)
        return {"Cookie": cookies, "X-XSRFToken": self._token()}

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self._open("/health")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("Taguette did not start")

    def _open(self, path: str, data: bytes | None = None, **headers: str) -> Any:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        return self._web.open(asked, timeout=60)

    def _get_json(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-type": "application/json", "X-xsrftoken": self._token()}
        return json.load(self._open(path, data, **headers))

    def _token(self) -> str:
        return next((str(c.value) for c in self._jar if c.name == "_xsrf"), "")

    def _post(self, path: str, **fields: str) -> Any:
        self._open(path).read()
        return self._open(path, urlencode({**fields, "_xsrf": self._token()}).encode())

    def _register(self) -> None:
        word = "only for a measurement"
        self._post("/register", login="bench", password1=word, password2=word, email="")

    def _new_project(self) -> int:
        answer = self._post("/project/new", name="Pilot", description="")
        return int(answer.url.rsplit("/", 1)[1])

    def _import(self, talk: str) -> int:
        page = "".join(f"<p>{escape(line)}</p>\n" for line in talk.split("\n") if line)
        fields = {"name": "Talk", "description": "", "text_direction": "LEFT_TO_RIGHT"}
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in {**fields, "_xsrf": self._token()}.items()
        ]
        head = 'Content-Disposition: form-data; name="file"; filename="talk.html"'
        parts.append(f"{head}\r\nContent-Type: text/html\r\n\r\n<html><body>{page}</body></html>")
        body = "".join(f"--cut\r\n{part}\r\n" for part in parts) + "--cut--\r\n"
        kind = {"Content-type": "multipart/form-data; boundary=cut"}
        path = f"/api/project/{self._project}/document/new"
        return int(json.load(self._open(path, body.encode(), **kind))["created"])

    def _tag(self, number: int) -> int:
        path = f"/api/project/{self._project}/tag/new"
        body = {"path": f"Theme {number // 5 + 1}/Code {number + 1}", "description": ""}
        return int(self._get_json(path, body)["id"])

    def stop(self) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
