"""Script written into every text field is shown as text on every page and in every export."""

import json
import re
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pandas as pd
import pyreadstat
import pytest
from playwright.sync_api import Browser
from sqlite_utils import Database

from analysis.group_members import add_members
from analysis.plan import Exclusion, Plan, PlannedFamily, PlannedOutcome
from coding import codebook, codings, framework, memos, transcripts
from coding.adjudicating import decide, list_differences
from coding.attributes import define
from coding.checks import insert, now
from coding.correcting import NewTurn, plan_correction
from coding.finishing import finish
from coding.gazetteer import add_entry
from coding.groups import add_group
from coding.pseudonyms import key_file, proposals
from coding.speakers import list_speakers, set_attributes, set_consent
from coding.suggestions.deciding import Place, reject
from coding.topics import Asked, dismiss, keep
from linkage import areas, stories, story_search
from linkage.correcting import correct
from linkage.messages import get_message, start_message, write_version
from linkage.messages.figures import external_figure
from linkage.opening.contents import OWN
from linkage.plans import freeze_plan, save_draft
from linkage.pseudonyms import changing_key
from linkage.releases import record_release, withdraw_release
from linkage.snapshots import add_snapshot
from linkage.study import open_study, writing
from linkage.survey import import_survey
from tests.served import Server
from tests.suggested import learn, suggest
from webapp.instance import Instance

from .conftest import Walker

CANARY = (
    "<script>window.sung=1</script>\"'><img src=x onerror=window.sung=1>"
    "<svg onload=window.sung=1>{{7*191}}${7*191}javascript:window.sung=1"
)
SHORT = "<img src=x onerror=window.sung=1>\"'{{7*191}}"
ARMS = ("none", "A", "B", "A+B")
MAPPING = f"""
respondent = "id"
area = "place"
weight = '''w {SHORT}'''
[arm]
column = '''g {SHORT}'''
labels = {{ none = ["none"], A = ["A"], B = ["B"], "A+B" = ["A+B"] }}
[[outcome]]
key = "hours"
column = '''h {SHORT}'''
issue = "health"
measure = '''m {SHORT}'''
scale = "hours"
missing = {{ {json.dumps(f"code {SHORT}")} = '''reason {SHORT}''' }}
labels = {{ 1 = '''one {SHORT}''' }}
"""
MORE = f"[[covariate]]\ncolumn = '''x {SHORT}'''\n"
# Columns of text that nobody types freely: numbers of things, choices from a list, dates, hashes.
NOT_FREE = re.compile(
    r"guid|colour|key|_at$|_on$|sha256|hash|phase|role|use$|state|scale|asked|refers_to|framing"
    r"|nudge$|time$|operation|object|kind$|rule|within|arms|report|mapping|file_name|source_column"
    r"|notice|^decision$|type$|unrecorded|approach|^model$"
    r"|^given$|^statistic$|^period$|^shown$|^rounding$|^population$"
)


def fill(db: Database, folder: Path) -> None:
    with writing(db, "test", "set up"):
        areas.add_area(db, "east", f"East {SHORT}", f"Kind {SHORT}")
        areas.add_issue(db, "health", f"Health {SHORT}")
        areas.add_wave(db, "1", f"Wave {SHORT}")
        coder = areas.ensure_coder(db, f"Coder {SHORT}")
        texts = dict.fromkeys(("definition", "include", "exclude", "example"), CANARY)
        code = codebook.add_code(db, f"Code {SHORT}", **texts)
        file = folder / f"{'talk <img src=x onerror=alert(1)>'}.txt"
        file.write_text(f"Ruth: What changed? {CANARY}\n\nMo: {CANARY}\n\nMo: It stayed so.\n")
        group = add_group(db, 1, f"Hall {SHORT}", held_on="2025-02-01")
        found = transcripts.preview(file, {"Mo": f"Mo {SHORT}"}, ["Ruth"])
        number = transcripts.import_transcript(db, found, group, issue_id=1, title=f"T {SHORT}")
        mo = next(row for row in list_speakers(db) if row["role"] == "participant")["id"]
        set_attributes(db, mo, {f"age {SHORT}": f"old {SHORT}"})
        set_consent(db, mo, "message", True, form_version=f"v1 {SHORT}")
        start = transcripts.text(db, number).rindex(CANARY)
        place = (number, start, start + len(CANARY), CANARY)
        coding = codings.add_coding(db, number, code, coder, *place[1:])
        memos.set_memo(db, coder, CANARY, coding_id=coding)
        framework.set_summary(db, coder, "speaker", mo, code, f"{CANARY} [q{coding}]", 0)
        memos.add_memo(db, coder, CANARY, title=f"Memo {SHORT}", speaker_id=mo)
        add_entry(db, f"Name {SHORT}", "person")
        define(db, f"Level {SHORT}", "choice", f"low {SHORT}\nhigh {SHORT}")
        told = dict.fromkeys(("summary", "actors", "place", "what_changed", "happened"), CANARY)
        about = {"area_id": 1, "issue_id": 1, "coder_id": coder, "quotes": [place]}
        story = stories.add_story(db, title=f"Story {SHORT}", **about, **told)
        quote = stories.get_story(db, story)["quotes"][0]["id"]
        story_search.reject(db, coder, *place)
        message = start_message(db, "A", 1, 1, 1)
        write_version(db, message, 1, [(CANARY, [quote])], coder)
        typical = start_message(db, "B", 1, 1, 1)
        given = {"value": "2", "source": CANARY}
        figures = [external_figure(get_message(db, typical), given)]
        write_version(db, typical, 1, [(CANARY, [])], coder, figures)
        turn = transcripts.list_turns(db, number)[1]["id"]
        written = [NewTurn(CANARY.replace("{{", "so {{"), f"Mo {SHORT}")]
        planning = partial(plan_correction, version=1, first=turn, last=turn, turns=written)
        correct(db, partial(planning, transcript_id=number), coder)
        second = areas.ensure_coder(db, f"Second {SHORT}")
        for who in (coder, second):
            finish(db, number, who)
        differs = list_differences(db)[0].place
        decide(db, differs, "all", coder, note=CANARY)
        add_snapshot(db, f"Snapshot {SHORT}", CANARY, coder)
        dismiss(db, coder, [f"dismissed {SHORT}"])
        suggested(db, coder, number)
        keep(db, Asked(), topics_found())
        save_draft(db, 1, planned())
        freeze_plan(db, 1, coder)
        save_draft(db, 1, planned(), reason=CANARY)
        left(db, coder)
    answer(db, folder)


def answer(db: Database, folder: Path) -> None:
    """Import answers, replace them, add a wave from a file with questions, list group members."""
    rows = [[f"r{i} {SHORT}", "east", ARMS[i % 4], i % 7, 1.0, f"x{i % 4} {SHORT}"]
            for i in range(80)]  # fmt: skip
    rows[7][3] = f"code {SHORT}"
    columns = ["id", "place", f"g {SHORT}", f"h {SHORT}", f"w {SHORT}", f"x {SHORT}"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "answers <b>.csv", index=False)
    who = f"somebody {SHORT}"
    import_survey(db, "1", folder / "answers <b>.csv", MAPPING, actor=who)
    import_survey(db, "1", folder / "answers <b>.csv", MAPPING + MORE, actor=who, replace=True)
    plain = pd.DataFrame([row[:4] for row in rows[8:]], columns=["id", "place", "g", "h"])
    pyreadstat.write_sav(plain, str(folder / "two.sav"), column_labels={"h": f"Q {SHORT}"})
    mapping = MAPPING.replace(f" {SHORT}'''", "'''").replace("weight", "# weight")
    import_survey(db, "2", folder / "two.sav", mapping, actor=who)
    with writing(db, "test", "list group members", kind="fixed"):
        add_members(db, [f"r1 {SHORT}", "r2"], who)


def planned() -> Plan:
    """A plan whose every text is script."""
    outcome = PlannedOutcome(f"o {SHORT}", f"i {SHORT}", f"m {SHORT}", "ordinal", True)
    arms, contrast = [f"c {SHORT}", f"a {SHORT}"], f"a {SHORT} vs c {SHORT}"
    return Plan(
        arms, [f"area {SHORT}"], [f"issue {SHORT}"], [outcome], contrast, [contrast],
        [PlannedFamily(f"f {SHORT}", (contrast,), (outcome.key,))], [f"cov {SHORT}"],
        [f"sub {SHORT}"], [Exclusion(f"col {SHORT}", (f"v {SHORT}",), SHORT)], notes=CANARY,
    )  # fmt: skip


def left(db: Database, coder: int) -> None:
    """Enter a table that left in the ledger, and withdraw it."""
    told = {"what": SHORT, "title": CANARY, "form": SHORT, "rows": 1, "cells": 1, "hidden": 1,
            "reasons": {SHORT: 1}, "threshold": 10}  # fmt: skip
    body = json.dumps([[[["outcome", CANARY]], [["area", CANARY]], CANARY, None]])
    withdraw_release(db, record_release(db, coder, told, body, after=0), CANARY)


def suggested(db: Database, coder: int, transcript_id: int) -> None:
    """Leave a suggestion open and reject another, both for words that are script."""
    learn(db)
    start = transcripts.text(db, transcript_id).rindex(CANARY)
    for number in (1, 2):
        code = codebook.add_code(db, f"Suggested {number} {SHORT}")
        suggest(db, transcript_id, code, start, start + len(CANARY), words=(SHORT,), nearest=(1,))
    reject(db, coder, Place(transcript_id, code, start, start + len(CANARY), CANARY))


def topics_found() -> dict[str, object]:
    topics = [
        {"words": [[f"{word} {SHORT}", 1.0]], "stability": 1.0, "quotes": [], "units": [],
         "near": [{"code_id": 1, "likeness": 1.0, "words": [SHORT]}], "theme_id": 1}
        for word in ("shown", "dismissed")
    ]  # fmt: skip
    counts = dict.fromkeys(
        ("number", "proposed", "seeded", "units", "without", "turns", "terms"), 2
    )
    return {"topics": topics, "curve": [[2, 1.0]], "sampled": 2, **counts}


@pytest.fixture
def canaries(tmp_path: Path):
    place = Instance.at(tmp_path / "instance")
    db = open_study(place.new_study("demo", f"Study {SHORT}"))
    fill(db, tmp_path)
    hide(place, db)
    check_coverage(db)
    db.close()
    place.people.first_administrator(f"Adi {SHORT}")
    place.close()
    server = Server(tmp_path / "instance").start()
    yield server
    server.stop()


def hide(place: Instance, db: Database) -> None:
    """Put scripts where names, their writings and pseudonyms stand."""
    with changing_key(place.key_path("demo")) as key:
        for name, pseudonym in ((CANARY, SHORT), (f"Mo {SHORT}", f"[{SHORT}]")):
            name_id = key_file.add_name(key, "person", name, pseudonym)
            key_file.add_forms(key, name_id, [name, SHORT], None)
            proposals.find_alike(key, proposals.texts_of(db), name_id)
        key_file.decide(key, 2, "hide")
        key_file.set_setting(key, "searched_at", now())
    with writing(db, "test", "hide"):
        insert(db, "pseudonym", {"pseudonym": SHORT, "kind": "person", "hidden_at": now()})


def check_coverage(db: Database) -> None:
    """Every free text column of the study holds a canary, so that none is forgotten here."""
    for table in db.table_names():
        if table in OWN or table.startswith(
            ("change", "_", "sqlite", "answered", "response", "allocation")
        ):
            continue
        for name, kind in db.table(table).columns_dict.items():
            if kind is str and not NOT_FREE.search(name) and (table, name) not in LATER:
                found = db.table(table).count_where(f'"{name}" LIKE ?', ["%onerror%"])
                assert found, f"{table}.{name} holds no canary"


LATER = {
    ("freeze", "coding_sha256"),
    ("topics_found", "asked"),
    ("topics_found", "model"),
    ("result_seen", "what"),
    ("story_search", "weights"),
    ("story_search", "quality"),
    ("story_candidate", "cues"),
}


@pytest.mark.browser
def test_no_stored_script_runs(chromium: Browser, canaries: Server) -> None:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    walker = Walker(context, f"http://127.0.0.1:{canaries.port}")
    walker.go(canaries.link)
    waiting, seen, exports = ["/", "/studies/demo/"], set(), set()
    while waiting:
        path = waiting.pop(0)
        walker.go(path)
        assert walker.page.evaluate("window.sung") is None, path
        assert "1337" not in walker.page.content(), path
        for link in links(walker):
            named = re.sub(r"\d+", "n", urlsplit(link).path)
            if (
                re.search(r"\.(csv|svg|png|toml|css|db|xlsx|docx|pdf|json|zip|r|python)$", named)
                or "export" in named
            ):
                exports.add(link)
            elif named not in seen:
                seen.add(named)
                waiting.append(link)
    assert len(seen) > 20
    for link in exports:
        answer = context.request.get(walker.base + link)
        assert "html" not in answer.headers["content-type"], link
        assert "attachment" in answer.headers.get("content-disposition", "attachment"), link
        assert answer.headers["x-content-type-options"] == "nosniff", link
        if link.split("?")[0].endswith(".svg"):
            walker.page.set_content(answer.text())
            assert walker.page.evaluate("window.sung") is None, link
    assert walker.said == []
    context.close()


def links(walker: Walker) -> list[str]:
    found: list[str] = walker.page.eval_on_selector_all(
        "a[href]", "all => all.map(a => String(a.href))"
    )
    here = [urldefrag(link)[0].removeprefix(walker.base) for link in found]
    return [link for link in here if link.startswith("/") and "sign-out" not in link]
