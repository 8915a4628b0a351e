"""Several people edit one codebook at random; a plain model says what each must be answered."""

import re
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coding import codebook
from linkage.check import check_study
from webapp import create_app

from .codebook_model import Change, Code, Editor, Model, Refused
from .conftest import csrf, sign_in

NAMES = ("Ann", "Bo", "Cy", "Di", "Ed")
BOOK = "/studies/pilot/codebook/"
API = "/api/studies/pilot"


class CodebookTogether(RuleBasedStateMachine):
    """Two to five people add, rename, redefine, move, delete, undo and redo."""

    people = st.integers(0, 4)
    picks = st.integers(0, 30)
    names = st.sampled_from(("Asking", "asking", "Lanes", "Trust", "Time", "Rota"))

    @initialize(count=st.integers(2, 5))
    def gather(self, count: int) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.app = create_app(Path(self.folder.name) / "instance")
        self.place = self.app.extensions["coproduce"]
        self.path = self.place.new_study("pilot", "Pilot")
        clients = [sign_in(self.app, name) for name in NAMES[:count]]
        self.editors = [Editor(client, csrf(client)) for client in clients]
        self.model = Model()

    def _who(self, person: int) -> Editor:
        return self.editors[person % len(self.editors)]

    def _some(self, editor: Editor, pick: int) -> int | None:
        known = sorted(editor.seen)
        return known[pick % len(known)] if known else None

    def _record(self, editor: Editor, before: dict[int, Code]) -> None:
        touched = [i for i in before.keys() | self.model.codes.keys()
                   if before.get(i) != self.model.codes.get(i)]  # fmt: skip
        if touched:
            editor.done.append(Change({i: before.get(i) for i in touched},
                                      {i: self.model.codes.get(i) for i in touched}))  # fmt: skip
            editor.undone.clear()

    def _expect(self, editor: Editor, run, fine: int, got: int) -> None:
        before = dict(self.model.codes)
        try:
            run()
            wanted = fine
        except Refused as refused:
            (wanted,) = refused.args
        assert got == wanted, (got, wanted, editor.answer.text[-600:])
        self._record(editor, before)

    @rule(person=people)
    def look(self, person: int) -> None:
        """Load the codebook anew."""
        self._who(person).seen = dict(self.model.codes)

    @rule(person=people, name=names, pick=picks, top=st.booleans())
    def add(self, person: int, name: str, pick: int, top: bool) -> None:
        editor = self._who(person)
        parent = None if top else self._some(editor, pick)
        got = editor.send("POST", f"{API}/codes", json={"name": name, "parent_id": parent})
        self._expect(editor, lambda: self.model.add(name, parent), 201, got)
        if got == 201:
            assert editor.answer.json["id"] == self.model.last_id
            editor.seen[self.model.last_id] = self.model.codes[self.model.last_id]

    def _edit(self, editor: Editor, code_id: int, page: bool, **wanted) -> None:
        """Save the whole form, as the page does, from what the editor saw."""
        seen = editor.seen[code_id]
        after = replace(seen, **wanted)
        form = {"name": after.name, "parent_id": after.parent, "definition": after.definition}
        form["revision"] = seen.revision
        if page:
            sent = {"data": {**form, "parent_id": after.parent or ""}}
            got, fine = editor.send("POST", f"{BOOK}{code_id}/", **sent), 302
        else:
            got, fine = editor.send("PATCH", f"{API}/codes/{code_id}", json=form), 200
        if page and got == 409:
            assert after.name in editor.answer.text or "only they changed it" in editor.answer.text
        self._expect(editor, lambda: self.model.edit(code_id, seen, after), fine, got)
        if got == fine:
            editor.seen[code_id] = self.model.codes[code_id]

    @rule(person=people, pick=picks, name=names, page=st.booleans())
    def rename(self, person: int, pick: int, name: str, page: bool) -> None:
        editor = self._who(person)
        if code_id := self._some(editor, pick):
            self._edit(editor, code_id, page, name=name)

    @rule(person=people, pick=picks, words=st.text("ab ", max_size=4), page=st.booleans())
    def redefine(self, person: int, pick: int, words: str, page: bool) -> None:
        editor = self._who(person)
        if code_id := self._some(editor, pick):
            self._edit(editor, code_id, page, definition=words.strip())

    @rule(person=people, pick=picks, under=picks, top=st.booleans(), page=st.booleans())
    def move(self, person: int, pick: int, under: int, top: bool, page: bool) -> None:
        editor = self._who(person)
        if code_id := self._some(editor, pick):
            parent = None if top else self._some(editor, under)
            self._edit(editor, code_id, page, parent=parent)

    @rule(person=people, pick=picks)
    def delete(self, person: int, pick: int) -> None:
        editor = self._who(person)
        if code_id := self._some(editor, pick):
            seen = editor.seen[code_id]
            sent = {"data": {"revision": seen.revision}}
            got = editor.send("POST", f"{BOOK}{code_id}/delete", **sent)
            self._expect(editor, lambda: self.model.delete(code_id, seen), 302, got)

    @rule(person=people)
    def undo(self, person: int) -> None:
        self._reverse(self._who(person), "undo")

    @rule(person=people)
    def redo(self, person: int) -> None:
        self._reverse(self._who(person), "redo")

    def _reverse(self, editor: Editor, kind: str) -> None:
        source, sink = editor.done, editor.undone
        if kind == "redo":
            source, sink = sink, source
        got = editor.send("POST", f"{API}/{kind}")
        if not source:
            assert got == 400
            return
        try:
            made, wanted = self.model.reverse(source[-1]), 200
        except Refused as refused:
            made, (wanted,) = None, refused.args
        assert got == wanted, editor.answer.text
        if made:
            sink.append(made)
            source.pop()

    @invariant()
    def nothing_is_lost(self) -> None:
        if not hasattr(self, "model"):
            return
        rows = codebook.codebook(self.place.reader(self.path))
        stored = {
            row["id"]: Code(row["name"], row["parent_id"], row["definition"], row["revision"])
            for row in rows
        }
        assert stored == self.model.codes

    def teardown(self) -> None:
        if hasattr(self, "place"):
            assert check_study(self.place.reader(self.path)) == []
            self.place.close()
            self.folder.cleanup()


def dose(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


TestCodebookTogether = CodebookTogether.TestCase
TestCodebookTogether.settings = dose(12, 40)


@pytest.mark.slow
class TestCodebookTogetherLong(CodebookTogether.TestCase):
    settings = dose(400, 100)


def test_many_at_once_lose_no_word(app: Flask) -> None:
    """Everybody adds words to one definition at the same moment, and looks again when refused."""
    ann = Editor(sign_in(app, "Ann"), "")
    ann.token = csrf(ann.client)
    ann.send("POST", f"{API}/codes", json={"name": "Asking"})
    said: list[str] = []

    def write(name: str) -> None:
        client = sign_in(app, name)
        editor = Editor(client, csrf(client))
        for number in range(6):
            word, status = f"{name}{number}", 409
            while status == 409:
                page = client.get(f"{BOOK}1/").text
                words = re.search(r'name="definition"[^>]*>([^<]*)<', page)[1]
                revision = int(re.search(r'name="revision" value="(\d+)"', page)[1])
                form = {"definition": f"{words} {word}".strip(), "revision": revision}
                status = editor.send("PATCH", f"{API}/codes/1", json=form)
            assert status == 200
            said.append(word)

    threads = [threading.Thread(target=write, args=(name,)) for name in NAMES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    place = app.extensions["coproduce"]
    words = codebook.get_code(place.reader(place.study_path("pilot")), 1)["definition"].split()
    assert sorted(words) == sorted(said)
    assert len(words) == 6 * len(NAMES)
