"""The server is killed again and again while people code: what was acknowledged is there, once."""

import random
import threading
import time

import pytest

from coding import transcripts
from linkage.check import check_study
from linkage.study import open_study
from tests.served import Person, Server


def code_until(stop: threading.Event, person: Person, number: int, text: str, told: list) -> None:
    """Code one passage after another; a lost answer is asked for again under the same key."""
    rng = random.Random(number)
    made = 0
    while not stop.is_set():
        start = rng.randrange(len(text) - 60)
        body = {"code_id": rng.randrange(2, 5), "start": start, "end": start + rng.randint(5, 50)}
        body["quote"] = text[body["start"] : body["end"]]
        made += 1
        while True:
            try:
                path = "/api/studies/pilot/transcripts/1/codings"
                status, answer = person.call("POST", path, body, key=f"{number}-{made}")
            except OSError:
                person.hang_up()
                time.sleep(0.1)
                continue
            except Exception:  # noqa: BLE001  (a connection cut in the middle of an answer)
                person.hang_up()
                continue
            if status == 503:
                continue
            told.append((status, answer, body))
            break
    person.hang_up()


def run(served: Server, clients: int, kills: int) -> None:
    path = served.instance / "studies" / "pilot.db"
    text = transcripts.text(open_study(path), 1)
    person = Person(served.port, served.link)
    person.hang_up()
    stop, told = threading.Event(), []
    threads = [
        threading.Thread(target=code_until, args=(stop, person.again(), i, text, told))
        for i in range(clients)
    ]
    for thread in threads:
        thread.start()
    rng = random.Random(kills)
    for _ in range(kills):
        time.sleep(rng.uniform(0.3, 1.5))
        served.kill()
        served.start()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert {status for status, *_ in told} == {201}
    assert len(told) > clients * 2
    db = open_study(path)
    stored = {row["id"]: row for row in db.table("coding").rows}
    for _, answer, body in told:
        assert {**stored[answer["id"]], **body} == stored[answer["id"]]
    assert len({answer["id"] for _, answer, _ in told}) == len(stored)
    assert check_study(db) == []


def test_acknowledged_codings_survive_kills(served: Server) -> None:
    run(served, clients=10, kills=3)


@pytest.mark.slow
def test_fifty_clients_and_twenty_kills(served: Server) -> None:
    run(served, clients=50, kills=20)
