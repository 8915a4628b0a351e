"""Each may see and cancel the jobs that they may start, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from webapp import create_app
from webapp.jobs import TASKS
from webapp.roles import ABILITIES

from ..conftest import csrf, sign_in
from .whole_study import fill, member

CODE = "read the transcripts"
IMPORT = "import survey"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(tmp_path / "instance")
    fill(app.extensions["coproduce"], "pilot", tmp_path)
    yield app
    app.extensions["coproduce"].close()


def order(app: Flask, task: str, guid: str = "somebody") -> int:
    return app.extensions["coproduce"].catalogue.add_job("pilot", guid, task, {})


def status(app: Flask, what, job: int, *, own: bool = False) -> int:
    place = app.extensions["coproduce"]
    person = place.people.ensure_user("Pat")
    place.people.set_membership(person["id"], "pilot", what)
    if own:
        place.catalogue.update_job(job, user_guid=person["guid"])
    client = sign_in(app, "Pat", administrator=False)
    address = f"/studies/pilot/jobs/{job}"
    seen = client.get(address).status_code
    headers = {"X-CSRFToken": csrf(client)}
    cancelled = client.post(f"{address}/cancel", headers=headers).status_code
    assert (seen, cancelled) in {(200, 302), (403, 403), (404, 404)}
    return seen


def test_every_task_names_an_ability() -> None:
    assert {task.needs for task in TASKS.values()} <= set(ABILITIES)


@pytest.mark.parametrize(
    ("task", "role", "answer"),
    [
        (CODE, "researcher", 200),
        (CODE, "owner", 200),
        (CODE, "viewer", 403),
        (CODE, "analyst", 403),
        (IMPORT, "analyst", 200),
        (IMPORT, "researcher", 403),
    ],
)
def test_who_may_start_a_task_sees_its_jobs(app: Flask, task: str, role: str, answer: int) -> None:
    assert status(app, member(role), order(app, task)) == answer


@pytest.mark.parametrize("limits", [{"areas": frozenset({2})}, {"blind": True}])
def test_who_sees_a_part_of_the_study_sees_their_own_jobs_only(app: Flask, limits) -> None:
    job = order(app, CODE)
    assert status(app, member("researcher", **limits), job) == 404
    assert status(app, member("researcher", **limits), job, own=True) == 200
    assert status(app, member("researcher", **limits), order(app, IMPORT), own=True) == 403
