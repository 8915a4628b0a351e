"""One change destroys the transaction that others share: told so, and nothing is half-stored."""

from coding import transcripts
from linkage.study import open_study
from tests.served import Person, Server

from .coders import assert_only_told, code_at_once

SPOIL = """
    CREATE TRIGGER spoil AFTER INSERT ON coding WHEN new."end" - new.start = 7
    BEGIN SELECT RAISE(ROLLBACK, 'spoilt by a test'); END"""


def test_a_rollback_in_a_batch_loses_nothing_acknowledged(served: Server) -> None:
    db = open_study(served.instance / "studies" / "pilot.db")
    text = transcripts.text(db, 1)
    person = Person(served.port, served.link)
    db.execute(SPOIL)
    spoilt = code_at_once(served, person, text, clients=10, each=40)
    db.execute("DROP TRIGGER spoil")
    after = code_at_once(served, person, text, clients=3, each=5)
    person.hang_up()
    assert len(spoilt.stored) > 40
    assert spoilt.refused
    assert {sentence.count(". ") for sentence in spoilt.refused} == {0}
    assert all("nothing of your change was saved" in sentence for sentence in spoilt.refused)
    assert len(after.stored) == 15
    assert_only_told(served, spoilt, after)
