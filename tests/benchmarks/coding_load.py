"""People who code at once through HTTP: changes a second and how long each waits."""

import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from coding import transcripts
from linkage import areas
from linkage.study import open_study, writing
from tests.big_study import add_codes, add_transcript
from tests.served import Person, Server
from webapp.instance import Instance

FOR = 5.0  # seconds a load
PATH = "/api/studies/pilot/transcripts/1/codings"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = Instance.at(folder / "instance")
        db = open_study(place.new_study("pilot", "Pilot"))
        with writing(db, "bench", "set up"):
            areas.add_area(db, "east", "East")
        add_transcript(db, folder, 10_000)
        codes, text = add_codes(db), transcripts.text(db, 1)
        db.close()
        place.close()
        server = Server(folder / "instance").start()
        try:
            person = Person(server.port, server.link)
            alone = _load(person, 1, codes, text)
            for clients in (10, 50):
                rate = _load(person, clients, codes, text)
                print(f"  ratio: {rate / alone:.2f} x the changes a second of one client")
        finally:
            server.stop()


def _load(person: Person, clients: int, codes: list[int], text: str) -> float:
    waits: list[float] = []
    until = time.perf_counter() + FOR

    def code(client: Person, number: int) -> None:
        rng = random.Random(number * 1000 + clients)
        while time.perf_counter() < until:
            start = rng.randrange(len(text) - 300)
            end = start + rng.randint(1, 300)
            body = {"code_id": rng.choice(codes), "start": start, "end": end}
            begun = time.perf_counter()
            status, _ = client.call("POST", PATH, body | {"quote": text[start:end]})
            waits.append(time.perf_counter() - begun)
            assert status == 201

    threads = [threading.Thread(target=code, args=(person.again(), i)) for i in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(waits) / (time.perf_counter() - begun)
    p95 = statistics.quantiles(waits, n=20)[-1]
    print(
        f"  {clients:>2} clients: {rate:>7.0f} changes/s, "
        f"median {statistics.median(waits) * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms"
    )
    return rate
