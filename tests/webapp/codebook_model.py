"""A codebook edited by several people in turn, as it should be: what the pages are held to."""

from dataclasses import dataclass, field, replace

from flask.testing import FlaskClient


@dataclass(frozen=True)
class Code:
    """What people see of a code, and the number under which they saw it."""

    name: str
    parent: int | None
    definition: str = ""
    revision: int = 1

    def same(self, other: "Code | None") -> bool:
        return other is not None and replace(other, revision=self.revision) == self


@dataclass
class Change:
    """One change as the model remembers it: what each code was before and after."""

    before: dict[int, Code | None]
    after: dict[int, Code | None]


@dataclass
class Editor:
    """Somebody with a browser of their own, and with the codebook as they last saw it."""

    client: FlaskClient
    token: str
    seen: dict[int, Code] = field(default_factory=dict)
    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def send(self, method: str, path: str, **values) -> int:
        answer = self.client.open(
            path, method=method, headers={"X-CSRFToken": self.token}, **values
        )
        self.answer = answer
        return answer.status_code


class Refused(Exception):
    """The model says that this change is refused, with this status."""


class Model:
    """The codebook as a dictionary, changed by one person after the other."""

    def __init__(self) -> None:
        self.codes: dict[int, Code] = {}
        self.last_id = 0

    def add(self, name: str, parent: int | None) -> int:
        if parent is not None and parent not in self.codes:
            raise Refused(404)
        self._check_free(name, parent)
        self.last_id += 1
        self.codes[self.last_id] = Code(name, parent)
        return self.last_id

    def edit(self, code_id: int, seen: Code, wanted: Code) -> None:
        if code_id not in self.codes:
            raise Refused(404)
        now = self.codes[code_id]
        if now.revision != seen.revision:
            raise Refused(409)
        assert now == seen, "an editor would overwrite what they have not seen"
        above = wanted.parent
        while above is not None:
            if above == code_id:
                raise Refused(400)
            if above not in self.codes:
                raise Refused(404)
            above = self.codes[above].parent
        self._check_free(wanted.name, wanted.parent, code_id)
        if not wanted.same(now):
            self.codes[code_id] = replace(wanted, revision=now.revision + 1)

    def delete(self, code_id: int, seen: Code) -> None:
        if code_id not in self.codes:
            raise Refused(404)
        if self.codes[code_id].revision != seen.revision:
            raise Refused(409)
        if any(code.parent == code_id for code in self.codes.values()):
            raise Refused(400)
        del self.codes[code_id]

    def reverse(self, change: Change) -> Change:
        """Put back what was before; refused where somebody changed it since, or it has no room."""
        codes = dict(self.codes)
        for code_id, before in change.before.items():
            now, after = codes.get(code_id), change.after[code_id]
            if (now is None) != (after is None) or (now and not now.same(after)):
                raise Refused(409)
            codes.pop(code_id, None)
            if before:
                codes[code_id] = replace(before, revision=now.revision + 1) if now else before
        places = [(code.parent, code.name.lower()) for code in codes.values()]
        orphans = [code for code in codes.values() if code.parent and code.parent not in codes]
        if orphans or len(set(places)) < len(places) or any(_circles(codes, i) for i in codes):
            raise Refused(409)
        made = Change({i: self.codes.get(i) for i in change.before},
                      {i: codes.get(i) for i in change.before})  # fmt: skip
        self.codes = codes
        return made

    def _check_free(self, name: str, parent: int | None, but: int = 0) -> None:
        for code_id, code in self.codes.items():
            if code_id != but and (code.parent, code.name.lower()) == (parent, name.lower()):
                raise Refused(400)


def _circles(codes: dict[int, Code], code_id: int) -> bool:
    above, seen = codes[code_id].parent, {code_id}
    while above is not None and above not in seen:
        seen.add(above)
        above = codes[above].parent
    return above is not None
