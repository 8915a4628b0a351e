"""Changes since: whole changes, before and after as values."""

from coding import codebook
from linkage.feed import last_change, read_feed
from linkage.study import writing


def test_before_and_after_are_values(study) -> None:
    since = last_change(study)
    with writing(study, "ana", "add a code"):
        codebook.add_code(study, "Rotas")
    last, rows = read_feed(study, since)
    assert (last, rows[0]["before"], rows[0]["after"]["name"]) == (since + 1, None, "Rotas")


def test_a_change_is_never_cut(study) -> None:
    since = last_change(study)
    for number in range(3):
        with writing(study, "ana", "add two codes"):
            codebook.add_code(study, f"A{number}")
            codebook.add_code(study, f"B{number}")
    for limit in range(1, 8):
        last, rows = read_feed(study, since, limit)
        assert len(rows) == 2 * (last - since) > 0
    assert read_feed(study, since, 3)[0] == since + 1


def test_nothing_new_leaves_the_place_where_it_was(study) -> None:
    last = last_change(study)
    assert read_feed(study, last) == (last, [])
    assert read_feed(study, last + 99) == (last, [])
