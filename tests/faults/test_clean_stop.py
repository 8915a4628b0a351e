"""A server that is asked to stop notes where each history ends."""

from linkage.verifying import verify
from tests.served import Person, Server
from webapp.anchors import anchors_of
from webapp.instance import Instance


def test_a_stopped_server_leaves_an_anchor(served: Server) -> None:
    person = Person(served.port, served.link)
    assert person.call("POST", "/api/studies/pilot/codes", {"name": "New"})[0] == 201
    person.hang_up()
    served.stop()
    place = Instance.at(served.instance)
    (anchor,) = anchors_of(place, "pilot")
    db = place.reader(place.study_path("pilot"))
    assert anchor[0] == db.execute("SELECT max(id) FROM change").fetchone()[0]
    assert verify(db, [anchor]) == []
    place.close()
