"""A real server in its own process, for tests that kill it, load it or look at it."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`coproduce serve` on an instance; can be killed and started again on the same port."""

    def __init__(self, instance: Path) -> None:
        self.instance, self.port = instance, free_port()
        self.link = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Server":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "serve", "--port", str(self.port),
             "--instance", str(self.instance)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
            cwd=Path(__file__).resolve().parents[1],
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self._process.stdout
        for line in self._process.stdout:
            if found := re.search(r"/sign-in/\S+", line):
                self.link = found[0]
                break
        self._wait()
        return self

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def _wait(self) -> None:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """Kill the whole process group at once, as a power cut does to processes."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()

    def stop(self) -> None:
        """Ask the server to end and wait for it; once ended, it stays so."""
        assert self._process
        if self._process.poll() is not None:
            return
        os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()


class Person:
    """One signed-in client that keeps its connection and its cookies."""

    def __init__(self, port: int, link: str = "", cookie: str = "", token: str = "") -> None:
        self.port, self.cookie, self.token = port, cookie, token
        self._connection: http.client.HTTPConnection | None = None
        if link:
            self._sign_in(link)

    def _sign_in(self, link: str) -> None:
        answer = self._send("GET", link)
        self.cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        answer.read()
        answer = self._send("GET", "/")
        found = re.search(r'name="csrf-token" content="([^"]+)"', answer.read().decode())
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
        assert found
        self.token = found[1]

    def again(self) -> "Person":
        """The same person on another connection."""
        return Person(self.port, cookie=self.cookie, token=self.token)

    def _send(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Accept": "*/*"}
        content = None
        if body is not None:
            content = json.dumps(body)
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        try:
            self._connection.request(method, path, content, headers)
            return self._connection.getresponse()
        except BaseException:
            self.hang_up()
            raise

    def hang_up(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None

    def call(self, method: str, path: str, body: Any = None, key: str = "") -> tuple[int, Any]:
        """Send JSON, return status and answer (JSON where it is JSON, else text)."""
        answer = self._send(method, path, body, key)
        try:
            text = answer.read().decode()
        except BaseException:
            self.hang_up()
            raise
        kind = answer.getheader("Content-Type") or ""
        return answer.status, json.loads(text) if "json" in kind else text
