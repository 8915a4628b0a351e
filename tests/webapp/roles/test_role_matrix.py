"""Every route, for everybody, with an object of theirs, another's and none: against this table."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from linkage.reading import read_transcripts
from linkage.story_search import find_and_keep
from linkage.study import open_study
from webapp import create_app
from webapp.instance import Instance

from .whole_study import fill, member

EAST, MISSING = 1, 999
WEST_ROLES = ("researcher", "nudge author", "analyst")
LETTERS = {
    "viewer": "v", "researcher": "r", "nudge author": "n", "approver": "p", "analyst": "a",
    "owner": "o", "administrator": "o",
}  # fmt: skip
PEOPLE = ("anonymous", "disabled", "stranger", "west", *LETTERS)

# Who may: v viewer, r researcher, n nudge author, p approver, a analyst, o owner (and the
# administrator); * only for the whole study, + everybody who is signed in, ! administrators.
TABLE = {
    "": "accounts.sign_in accounts.use_link accounts.enter accounts.code accounts.enter_code "
        "accounts.reset accounts.set_password accounts.invitation accounts.join static "
        "oidc.start oidc.join oidc.back",
    "+": "accounts.sign_out here.token studies.index studies.new "
        "api.openapi api.list_studies "
        "account.index account.rename account.change_password account.end_session "
        "account.end_other_sessions account.second_factor account.confirm_second_factor "
        "account.drop_second_factor account.make_token account.revoke_token "
        "oidc.connect oidc.disconnect",
    "!": "studies.choose_file studies.open_file "
        "people.index people.invite people.withdraw people.reset people.close "
        "people.administrator people.drop_second_factor",
    "vrnpao": "overview.index transcripts.index transcripts.groups transcripts.group "
        "transcripts.about transcripts.versions transcripts.version "
        "desk.show desk.place desk.live here.editors here.changed "
        "desk.told desk.density desk.beside search.index search.download api.search "
        "codebook.index codebook.show "
        "codebook.rules codebook.colours codebook.version codebook.download "
        "quotes.index quotes.download "
        "framework.index framework.download framework.show api.framework "
        "queries.index queries.quotes queries.cooccurrence queries.table queries.words "
        "queries.saturation queries.transcript queries.download "
        "stories.index stories.show stories.find "
        "messages.index messages.show messages.version provenance.words provenance.message "
        "api.list_codings api.changes members.roles api.list_preferences api.change_preferences "
        "history.index history.show history.compare history.download "
        "memos.index memos.journal memos.show memos.download api.list_memos "
        "topics.index topics.download topics.download_quotes api.list_topics "
        "responses.index responses.table responses.mapping_file effects.index effects.download "
        "dictionary.index dictionary.quality dictionary.response dictionary.download "
        "api.dictionary api.answer_quality api.response_rates "
        "tables.index tables.download tables.association tables.download_association "
        "time_use.index time_use.download api.survey_table api.association api.time_use "
        "joint.index joint.download joint.source api.effects api.joint api.list_transcripts "
        "estimates.index estimates.download estimates.code api.estimates "
        "api.list_codes api.list_stories api.list_messages api.prevalence "
        "agreement.index agreement.double agreement.download agreement.differences "
        "suggestions.index suggestions.one suggestions.decided suggestions.quality "
        "suggestions.similar api.list_suggestions "
        "agreement.place agreement.agreed api.agreement api.agreed "
        "jobs.show jobs.cancel language.index "
        "plan.index plan.version plan.download api.plan "
        "sample_size.index sample_size.download",
    "rnpao": "speakers.index speakers.show speakers.download speakers.list_attributes "
        "speakers.consents speakers.download_consents speakers.composition "
        "speakers.download_composition",
    "ro": "search.code framework.save "
        "api.add_coding api.change_coding api.remove_coding api.set_memo "
        "api.add_code api.change_code api.move_code api.merge_codes api.split_code "
        "codebook.add codebook.save codebook.ask_delete codebook.delete codebook.move "
        "codebook.ask_merge codebook.merge codebook.ask_split codebook.split codebook.keep "
        "codebook.set_example "
        "history.bring_back history.take "
        "transcripts.choose transcripts.upload transcripts.look transcripts.look_again "
        "transcripts.save transcripts.save_group transcripts.set_section "
        "transcripts.confirm_delete transcripts.delete speakers.save agreement.finish "
        "memos.new memos.add memos.save memos.delete "
        "api.add_memo api.change_memo api.remove_memo speakers.merge "
        "topics.find topics.code topics.dismiss_topic topics.bring_topic_back "
        "api.code_topic api.dismiss_topic api.bring_topic_back "
        "speakers.link speakers.unlink speakers.define speakers.redefine speakers.drop "
        "speakers.choose_file speakers.look_file speakers.store_file speakers.record_consents "
        "transcripts.correcting transcripts.correct_turns transcripts.look_back "
        "suggestions.decide suggestions.look_all suggestions.decide_all suggestions.bring_back "
        "suggestions.learn suggestions.code_similar api.decide_suggestion "
        "api.bring_back_suggestion "
        "transcripts.bring_back api.correct_transcript language.read",
    "ro*": "language.add language.remove language.load language.download language.undo",
    "rno": "stories.new stories.create stories.update stories.delete stories.add_to_story "
        "stories.remove_quote stories.accept_quote stories.search stories.reject stories.undo",
    "po": "messages.approve messages.take_approval_back",
    "no": "messages.start messages.write messages.restore time_use.use",
    "rnao": "api.undo api.redo history.undo history.redo memos.undo "
        "suggestions.undo topics.undo",
    "ao": "panel.index panel.download panel.arms balance.index balance.download "
        "api.allocation api.balance",
    "ao*": "panel.upload panel.plan panel.allocate panel.check responses.upload responses.mapping "
        "responses.apply responses.after responses.members responses.add_members "
        "responses.remove_members responses.return_members effects.draw "
        "plan.edit plan.save plan.drop plan.ask_freeze plan.freeze sample_size.simulate "
        "estimates.answers releases.index releases.show",
    "o*": "studies.settings studies.add studies.edit studies.rename studies.start "
        "speakers.set_rule studies.start_step studies.export studies.copy studies.archive "
        "members.index members.invite members.withdraw "
        "members.change members.remove members.freeze members.lift members.hide "
        "codebook.close codebook.reopen releases.threshold releases.withdraw "
        "agreement.choose agreement.decide_here agreement.withdraw_here "
        "pseudonyms.index pseudonyms.search pseudonyms.decide pseudonyms.add pseudonyms.style "
        "pseudonyms.name pseudonyms.leave pseudonyms.merge pseudonyms.split pseudonyms.look "
        "pseudonyms.leave_row pseudonyms.hide pseudonyms.done pseudonyms.key pseudonyms.reveal "
        "pseudonyms.export_key pseudonyms.delete_key pseudonyms.bring_key pseudonyms.erase "
        "pseudonyms.delete_copies",
}  # fmt: skip
EXPECTED = {endpoint: who for who, names in TABLE.items() for endpoint in names.split()}
# Rows that exist for all of the study: codes belong to no area, waves neither.
IN_AN_AREA = {
    "transcript_id",
    "coding_id",
    "group_id",
    "speaker_id",
    "story_id",
    "message_id",
    "memo_id",
    "decision_id",
    "dismissal_id",
}
OWN = {
    "transcript_id": EAST, "coding_id": EAST, "group_id": EAST, "story_id": EAST, "quote_id": EAST,
    "message_id": EAST, "speaker_id": EAST, "memo_id": EAST, "decision_id": EAST, "attribute_id": 1,
    "dismissal_id": EAST,
    "code_id": EAST, "snapshot_id": 1, "number": 1, "job_id": 1, "wave": "1",
    "token": "t" * 32, "form": "csv", "query": "table", "what": "area", "user_id": 4, "link_id": 1,
    "session_id": 1, "token_id": 1, "to": "close",
    "filename": "app.css", "row_id": 1, "step": "areas", "change_id": 1,
    "name_id": 1, "pseudonym_id": 1, "kind": "toml", "which": "dictionary", "release_id": 1,
    "table": "sensitivity", "language": "python",
}  # fmt: skip
# What an address lacks that its view needs before it can look for anything.
QUERY = {
    "desk.place": "?start=0&end=4", "desk.told": "?start=0&end=4",
    "provenance.words": "?coding=1", "stories.new": "?transcript=1",
    "suggestions.one": "?transcript_id=1&code_id=2&start=0&end=4",
    "suggestions.look_all": "?decision=accepted", "suggestions.similar": "?coding=1",
    "joint.source": "?wave=1&area=east", "transcripts.look": f"?file={'t' * 32}",
}  # fmt: skip
ELSE = {"panel.download": {"wave": "3"}, "panel.arms": {"wave": "3"}}
EAST_IN_QUERY = {"joint.source", "provenance.words", "suggestions.one", "suggestions.similar"}


def rules(app: Flask) -> Iterator[tuple[str, str, set[str]]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, set(rule.arguments)


def test_every_route_has_a_row(whole: Path) -> None:
    app = create_app(whole)
    routes = {endpoint for endpoint, *_ in rules(app)}
    close(app)
    assert routes - set(EXPECTED) == set()
    assert set(EXPECTED) - routes == set()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matrix")
    place = Instance.at(folder / "instance")
    for key in ("pilot", "other"):
        db = open_study(fill(place, key, folder))
        read_transcripts(db, actor="test")  # so that asking for it starts no job on a copy
        find_and_keep(db, actor="test")
        db.close()
    for name in PEOPLE[1:]:
        user = place.people.add_user(name, administrator=name == "administrator")
        if name == "stranger":
            place.people.set_membership(user["id"], "other", member("owner"))
        elif name == "west":
            west = member(*WEST_ROLES, areas=frozenset({2}))
            place.people.set_membership(user["id"], "pilot", west)
        elif name not in ("administrator", "disabled"):
            place.people.set_membership(user["id"], "pilot", member(name))
        else:
            place.people.set_membership(user["id"], "pilot", member("viewer", "researcher"))
    place.close()
    return folder / "instance"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: hundreds of copies need not reach a disk."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else tmp_path) as name:
        yield Path(name)


def close(app: Flask) -> None:
    app.extensions["coproduce"].close()


@pytest.fixture(scope="module")
def cookies(whole: Path) -> dict[str, tuple[str, str]]:
    """Everybody's cookie and token, from a sign-in of their own."""
    app = create_app(whole)
    people, held = app.extensions["coproduce"].people, {"anonymous": ("", "")}
    for name in PEOPLE[1:]:
        client = app.test_client()
        client.get(f"/sign-in/{people.make_sign_in_link(people.find_user(name)['id'])}")
        page = client.get("/").text
        token = page.split('name="csrf-token" content="')[1].split('"')[0]
        cookie = client.get_cookie("coproduce")
        assert cookie
        held[name] = (cookie.value, token)
    people.execute("UPDATE user SET disabled_at = '2026-01-01' WHERE name = 'disabled'")
    close(app)
    return held


def ask(app: Flask, who: tuple[str, str], method: str, address: str) -> int:
    client = app.test_client()
    if who[0]:
        client.set_cookie("coproduce", who[0])
    headers = {"X-CSRFToken": who[1]}
    body = {"json": {}} if address.startswith("/api/") and method != "GET" else {}
    answer = client.open(address, method=method, headers=headers, **body)
    answer.close()
    if answer.status_code == 302 and urlsplit(answer.location or "").path == "/sign-in":
        return 401
    return answer.status_code


def expected(endpoint: str, person: str, arguments: set[str], what: str) -> set[int]:
    """Which answers are right; "fine" is anything but a refusal or a failure."""
    who = EXPECTED[endpoint]
    fine = {200, 201, 204, 302, 303, 400, 409}
    if person in ("anonymous", "disabled"):
        return {401} if who else fine | {401, 404}
    if who in ("", "+"):
        return fine | ({404} if endpoint != "accounts.sign_out" and who else {401, 404})
    if who == "!":
        there = fine | {404} if "link_id" in arguments else fine
        return (there if what == "own" else {404, 400}) if person == "administrator" else {403}
    if person == "stranger" or what == "foreign":  # a study that is not theirs
        owner = person == "administrator" or (person == "stranger" and what == "foreign")
        return fine | {404} if owner else {404}
    letters = "rna" if person == "west" else LETTERS[person]
    if not set(letters) & set(who) or (person == "west" and "*" in who):
        return {403}
    named = arguments - {"study_key", "form", "what", "number", "step", "table", "language"}
    if what == "missing" and named:
        return {404, 400}
    if person == "west" and (arguments & IN_AN_AREA or endpoint in EAST_IN_QUERY):
        return {404}
    return fine | {404} if arguments & {"token", "job_id", "link_id", "quote_id"} else fine


def addresses(app: Flask, endpoint: str, method: str, arguments: set[str]):
    adapter = app.url_map.bind("localhost")
    numbers = {name for name in arguments if isinstance(OWN.get(name), int)}
    kinds = ["own"] + ["foreign"] * ("study_key" in arguments)
    kinds += ["missing"] * bool(numbers | (arguments & {"wave"}))
    for what in kinds:
        values = {name: OWN[name] for name in arguments if name != "study_key"}
        if what == "missing":
            values |= dict.fromkeys(numbers, MISSING)
            values |= {"wave": "none"} if "wave" in arguments else {}
        values |= ELSE.get(endpoint, {}) if what == "own" else {}
        values |= {"what": "code"} if endpoint == "here.editors" else {}
        if "study_key" in arguments:
            values["study_key"] = "other" if what == "foreign" else "pilot"
        yield what, adapter.build(endpoint, values, method) + QUERY.get(endpoint, "")


def test_nobody_does_what_the_table_does_not_say(whole: Path, cookies, memory: Path) -> None:
    unexpected, asked = [], 0
    app = create_app(whole)
    shared = app.extensions["coproduce"]
    for endpoint, method, arguments in rules(app):
        for what, address in addresses(app, endpoint, method, arguments):
            for person in PEOPLE:
                right = expected(endpoint, person, arguments, what)
                # Who may change things does so on a copy of their own, so that all find the same.
                changes = method != "GET" and 302 in right
                app.extensions["coproduce"] = copied(whole, memory) if changes else shared
                status = ask(app, cookies[person], method, address)
                if changes:
                    close(app)
                asked += 1
                if status not in right:
                    unexpected.append((person, method, address, what, status, sorted(right)))
    app.extensions["coproduce"] = shared
    close(app)
    assert not unexpected, "\n".join(map(str, unexpected))
    assert asked > 1500


def copied(whole: Path, memory: Path) -> Instance:
    shutil.rmtree(memory / "copy", ignore_errors=True)
    shutil.copytree(whole, memory / "copy")
    return Instance.at(memory / "copy")
