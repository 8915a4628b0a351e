"""People who code at once and note what they were told, good or bad."""

import random
import threading
from dataclasses import dataclass, field
from typing import Any

from linkage.check import check_study
from linkage.study import open_study
from tests.served import Person, Server

PATH = "/api/studies/pilot/transcripts/1/codings"


@dataclass
class Told:
    """The codings that were acknowledged, as number and body, and the sentences of refusals."""

    stored: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    other: list[tuple[int, Any]] = field(default_factory=list)

    def code(self, person: Person, rng: random.Random, text: str) -> None:
        """Code a random passage once; nothing is tried again."""
        start = rng.randrange(len(text) - 60)
        body = {"code_id": rng.randrange(2, 5), "start": start, "end": start + rng.randint(5, 50)}
        body["quote"] = text[body["start"] : body["end"]]
        status, answer = person.call("POST", PATH, body)
        if status == 201:
            self.stored.append((answer["id"], body))
        elif status == 503:
            self.refused.append(answer["error"])
        else:
            self.other.append((status, answer))


def code_at_once(served: Server, person: Person, text: str, clients: int, each: int) -> Told:
    """Let so many clients code so many passages each, at once."""
    told = Told()

    def work(number: int) -> None:
        own, rng = person.again(), random.Random(number)
        for _ in range(each):
            told.code(own, rng, text)
        own.hang_up()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


def assert_only_told(served: Server, *rounds: Told) -> None:
    """Assert that what was acknowledged is stored, and that nothing else left a trace."""
    db = open_study(served.instance / "studies" / "pilot.db")
    told = [pair for round in rounds for pair in round.stored]
    assert [other for round in rounds for other in round.other] == []
    stored = {row["id"]: row for row in db.table("coding").rows}
    for number, body in told:
        assert {**stored[number], **body} == stored[number]
    assert stored.keys() == {number for number, _ in told}
    recorded = db.execute("SELECT object_id FROM change_row WHERE object = 'coding'").fetchall()
    assert {row[0] for row in recorded} == stored.keys()
    assert check_study(db) == []
    db.close()
