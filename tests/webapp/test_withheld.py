"""Words of somebody who withdrew are in no file that leaves, whoever built it."""

import io
import zipfile
from datetime import date
from urllib.parse import quote

import pandas as pd
import pytest
from werkzeug.routing import Rule
from werkzeug.routing.converters import AnyConverter, NumberConverter

from coding import codebook, codings, framework, memos, transcripts
from coding.adjudicating import decide, list_differences
from coding.finishing import finish
from coding.speakers import set_consent
from coding.suggestions.deciding import Place, reject
from coding.topics import Asked, keep
from linkage import areas
from linkage.snapshots import add_snapshot
from linkage.study import open_study, writing
from linkage.survey import import_survey
from linkage.waves import allocate_wave
from tests.suggested import learn, suggest
from webapp.cli import run

from . import surveyed, whole_chain
from .whole_chain import QUOTE

SENTENCE, OTHERS = QUOTE, "It stayed clean."
MAUREEN, JOYCE, THEME, CODE = 2, 3, 1, 2
S = "pilot"
# The codebook is compared with a snapshot; the framework has two kinds of rows.
QUERIES = ("?from=1", "?rows=group")
WHOLE = {"studies.export"}  # the study itself, for its owners


def write(db, ana: int, bo: int, speaker: int, words: str) -> None:
    """Write words wherever words can be written of a passage, and let two coders differ."""
    start = transcripts.text(db, 1).index(words)
    place = (start, start + len(words), words)
    coding = codings.add_coding(db, 1, THEME, ana, *place)
    codings.add_coding(db, 1, THEME, bo, *place)
    codings.add_coding(db, 1, CODE, ana, start, start + 5, words[:5])
    memos.set_memo(db, ana, f"Memo: {words}", coding_id=coding)
    memos.add_memo(db, ana, f"Of whom: {words}", title=words, speaker_id=speaker)
    framework.set_summary(db, ana, "speaker", speaker, THEME, f"{words} [q{coding}]", 0)


def suggest_codes(db, ana: int) -> None:
    """Leave a suggestion open and reject another on each of the sentences."""
    learn(db)
    codes = [codebook.add_code(db, name) for name in ("Suggested", "Unwanted")]
    for words in (SENTENCE, OTHERS):
        start = transcripts.text(db, 1).index(words)
        for code in codes:
            suggest(db, 1, code, start, start + len(words), words=tuple(words.split()))
        reject(db, ana, Place(1, codes[1], start, start + len(words), words))


def keep_topics(db) -> None:
    """Keep topics as if they had been found in longer talk."""
    turns, places = transcripts.list_turns(db, 1), []
    for turn in turns[1:]:
        places.append([1, turn["id"], turn["speech_start"], turn["end"]])
    topic = {"words": [["lane", 1.0], ["clean", 0.5]], "stability": 1.0, "near": [],
             "quotes": places, "theme_id": None,
             "units": [[*place, 1.0] for place in places]}  # fmt: skip
    found = {"topics": [topic], "number": 1, "proposed": 1, "curve": [[2, 1.0]], "seeded": 0,
             "units": 2, "without": 0, "turns": 2, "terms": 2, "sampled": 2}  # fmt: skip
    keep(db, Asked(), found)


def differ(db, ana: int, bo: int) -> None:
    for who in (ana, bo):
        finish(db, 1, who)
    for found in list_differences(db):
        words = transcripts.passage(db, 1, found.place.start, found.place.end)
        decide(db, found.place, "all", ana, note=f"Note: {words}")


@pytest.fixture
def study(app, tmp_path) -> str:
    whole_chain.fill(app, tmp_path)
    panel = pd.DataFrame({"respondent": range(8), "area": ["East"] * 4 + ["West"] * 4})
    panel["age"] = range(8)
    db = open_study(app.extensions["coproduce"].study_path(S))
    with writing(db, "test", "more", kind="fixed"):
        ana, bo = areas.ensure_coder(db, "Ana"), areas.ensure_coder(db, "Bo")
        for speaker, words in ((MAUREEN, SENTENCE), (JOYCE, OTHERS)):
            write(db, ana, bo, speaker, words)
            set_consent(db, speaker, "publication", True)
        set_consent(db, MAUREEN, "publication", True, withdrawn_on="2026-01-01")
        differ(db, ana, bo)
        suggest_codes(db, ana)
        keep_topics(db)
        framework.set_summary(db, ana, "group", 1, THEME, f"{SENTENCE} {OTHERS}", 0)
        add_snapshot(db, "First", "", ana)
        for code, words in ((THEME, f"{SENTENCE} That is it."), (CODE, OTHERS)):
            codebook.update_code(db, code, codebook.get_code(db, code)["revision"], example=words)
        allocate_wave(
            db, "3", panel, ["area"], ("none", "A"), 7, date(2030, 5, 12), balance=["age"]
        )
    file = tmp_path / "with-hours.csv"
    surveyed.answers().to_csv(file, index=False)
    import_survey(db, "2", file, surveyed.MAPPING, actor="test")  # so that every table has a file
    db.close()
    return S


def addresses(app, rule: Rule, study: str):
    """Fill in an address: every choice it offers, the first row, the first wave."""
    values = [{"study_key": study}]
    for name in rule.arguments - {"study_key"}:
        how = rule._converters[name]
        offers = how.items if isinstance(how, AnyConverter) else [
            1 if isinstance(how, NumberConverter) else "3" if "allocation" in rule.rule else "1"
        ]  # fmt: skip
        values = [{**told, name: offer} for told in values for offer in offers]
    with app.test_request_context():
        urls = app.url_map.bind("localhost")
        queries = QUERIES if rule.endpoint == "framework.download" else QUERIES[:1]
        if rule.endpoint == "search.download":
            queries = [f"?q={quote(words)}" for words in (SENTENCE[:12], OTHERS)]
        return [urls.build(rule.endpoint, told) + query for told in values for query in queries]


def words_in(answer) -> str:
    if answer.data[:2] != b"PK":
        return answer.data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def test_withdrawn_words_are_in_no_download(app, client, study) -> None:
    files: dict[str, list[str]] = {}
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and "study_key" in rule.arguments:
            for address in addresses(app, rule, study):
                answer = client.get(address)
                kept = "attachment" in answer.headers.get("Content-Disposition", "")
                if kept or rule.rule.endswith((".csv", ".toml", ":form>")):
                    files.setdefault(rule.endpoint, []).append(words_in(answer) if kept else "")
    assert [name for name, kept in files.items() if not any(kept)] == []
    holding = {name for name, kept in files.items() if any(SENTENCE in words for words in kept)}
    assert holding == WHOLE
    # That others' words are there shows that the walk would find these.
    told = {name for name, kept in files.items() if any(OTHERS in words for words in kept)}
    assert told >= {
        "quotes.download", "queries.download", "framework.download", "agreement.agreed",
        "search.download", "topics.download_quotes",
        "memos.download", "history.download",
    }  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [["codings"], ["query", "quotes"], ["framework"], ["framework", "--rows", "group"],
     ["agreed"], ["differences"], ["memos"], ["search", "the lane"], ["joint"], ["suggest"],
     ["topics", "--quotes"],
     ["study", "diff"]],
    ids=" ".join,
)  # fmt: skip
def test_withdrawn_words_are_not_printed(app, study, tmp_path, capsys, command) -> None:
    verbs = 2 if command[0] in ("query", "study") else 1
    more = ["First"] if "diff" in command else command[verbs:]
    start = ["--instance", str(tmp_path / "instance"), *command[:verbs], study]
    line = [*start, *more, "--format", "json"]
    assert run(line) == 0
    out, told = capsys.readouterr()
    assert "We cleared" not in out
    assert "left out for lack of consent to publication: " in told
    if command[0] not in ("search", "joint") and "group" not in command:
        assert OTHERS[:5] in out
