"""Somebody with a browser of their own, who sends the page's token with every form."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

QUICK = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}  # argon2 all the same
PASSWORD = "lane cleared by noon"


class Visitor:
    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, more: dict[str, str] | None = None, **form: Any) -> TestResponse:
        headers = {"X-CSRFToken": self.csrf, **(more or {})}
        return self.client.post(path, data=form, headers=headers)

    @property
    def csrf(self) -> str:
        page = self.get("/sign-in", follow_redirects=True).text
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, **form: Any) -> TestResponse:
        return self.post("/sign-in", name=name, password=password, **form)

    @property
    def is_in(self) -> bool:
        return self.get("/").status_code == 200

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie("coproduce")
        return found.value if found else ""
