"""Which ability each route needs; a route that is not listed is open to nobody."""

from flask import Flask, g, request
from flask_login import current_user

from coding import checks
from coding.errors import NotFound
from linkage.freezing import results_wait
from linkage.scope import NOT_HERE

from .current import study
from .people.members import Membership
from .roles import ABILITIES

OPEN, SIGNED_IN, ADMINISTRATOR = "open to all", "signed in", "administrator"

# Routes by what they need: an ability of a role in the study, or a standing in the instance.
# A job's page asks besides for the ability that its task needs (`jobs.TASKS`).
NEEDS: dict[str, str] = {
    OPEN: """accounts.sign_in accounts.use_link accounts.enter accounts.code accounts.enter_code
        accounts.reset accounts.set_password accounts.invitation accounts.join
        oidc.start oidc.join oidc.back static""",
    SIGNED_IN: """accounts.sign_out here.token studies.index studies.new
        api.openapi api.list_studies
        account.index account.rename account.change_password account.end_session
        account.end_other_sessions account.second_factor account.confirm_second_factor
        account.drop_second_factor account.make_token account.revoke_token
        oidc.connect oidc.disconnect""",
    ADMINISTRATOR: """studies.choose_file studies.open_file
        people.index people.invite people.withdraw people.reset people.close
        people.administrator people.drop_second_factor""",
    "read": """overview.index transcripts.index transcripts.groups transcripts.group
        transcripts.about transcripts.versions transcripts.version
        desk.show desk.place desk.live desk.told desk.density desk.beside
        search.index search.download api.search here.editors
        here.changed codebook.index codebook.show
        codebook.rules codebook.colours codebook.version codebook.download
        quotes.index quotes.download
        framework.index framework.download framework.show api.framework
        queries.index queries.quotes queries.cooccurrence queries.table queries.words
        queries.saturation queries.transcript queries.download stories.index stories.show
        messages.index messages.show messages.version provenance.words provenance.message
        api.list_transcripts api.list_codings api.list_codes api.list_stories api.list_messages
        api.prevalence api.changes api.list_preferences api.change_preferences members.roles
        history.index history.show history.compare history.download
        agreement.index agreement.double
        memos.index memos.journal memos.show memos.download api.list_memos
        topics.index topics.download topics.download_quotes api.list_topics
        jobs.show jobs.cancel language.index
        plan.index plan.version plan.download api.plan
        sample_size.index sample_size.download""",
    "see agreement": """agreement.download agreement.differences agreement.place agreement.agreed
        api.agreement api.agreed""",
    "adjudicate": "agreement.choose agreement.decide_here agreement.withdraw_here",
    "code": """search.code framework.save
        api.add_coding api.change_coding api.remove_coding api.set_memo
        api.add_code api.change_code api.move_code
        api.merge_codes api.split_code
        codebook.add codebook.save codebook.ask_delete codebook.delete codebook.move
        codebook.ask_merge codebook.merge codebook.ask_split codebook.split codebook.keep
        codebook.set_example
        history.bring_back history.take agreement.finish memos.new memos.add memos.save memos.delete
        api.add_memo api.change_memo api.remove_memo language.read
        topics.find topics.code topics.dismiss_topic topics.bring_topic_back
        api.code_topic api.dismiss_topic api.bring_topic_back""",
    "keep names": """language.add language.remove language.load language.download
        language.undo""",
    "see people": """speakers.index speakers.show speakers.download speakers.list_attributes
        speakers.consents speakers.download_consents speakers.composition
        speakers.download_composition""",
    "see suggestions": """suggestions.index suggestions.one suggestions.decided
        suggestions.quality suggestions.similar api.list_suggestions""",
    "decide suggestions": """suggestions.decide suggestions.look_all suggestions.decide_all
        suggestions.bring_back suggestions.learn suggestions.code_similar
        api.decide_suggestion api.bring_back_suggestion""",
    "edit words": """transcripts.choose transcripts.upload transcripts.look transcripts.look_again
        transcripts.save transcripts.save_group transcripts.set_section
        transcripts.confirm_delete transcripts.delete speakers.save speakers.merge speakers.link
        speakers.unlink speakers.define speakers.redefine speakers.drop speakers.choose_file
        speakers.look_file speakers.store_file speakers.record_consents
        transcripts.correcting transcripts.correct_turns
        transcripts.look_back transcripts.bring_back api.correct_transcript""",
    "mark stories": """stories.new stories.create stories.update stories.delete
        stories.add_to_story stories.remove_quote stories.accept_quote""",
    "write messages": "messages.start messages.write messages.restore",
    "approve messages": "messages.approve messages.take_approval_back",
    "undo": "api.undo api.redo history.undo history.redo memos.undo suggestions.undo topics.undo",
    "see results": """responses.index responses.table responses.mapping_file effects.index
        dictionary.index dictionary.quality dictionary.response dictionary.download
        api.dictionary api.answer_quality api.response_rates
        effects.download joint.index joint.download joint.source api.effects api.joint
        estimates.index estimates.download estimates.code api.estimates""",
    "see panel": "panel.index panel.download",
    "run survey": """panel.upload panel.plan panel.allocate responses.upload responses.mapping
        responses.apply responses.after effects.draw
        responses.members responses.add_members
        responses.remove_members responses.return_members
        plan.edit plan.save plan.drop plan.ask_freeze plan.freeze sample_size.simulate
        releases.index releases.show
        estimates.answers""",
    "keep the key": """pseudonyms.index pseudonyms.search pseudonyms.decide pseudonyms.add
        pseudonyms.style pseudonyms.name pseudonyms.leave pseudonyms.merge pseudonyms.split
        pseudonyms.look pseudonyms.leave_row pseudonyms.hide pseudonyms.done pseudonyms.key
        pseudonyms.reveal pseudonyms.export_key pseudonyms.delete_key pseudonyms.bring_key
        pseudonyms.erase pseudonyms.delete_copies""",
    "manage": """studies.settings studies.add studies.edit studies.rename studies.start
        speakers.set_rule studies.start_step studies.export studies.copy studies.archive
        members.index members.invite members.withdraw
        members.change members.remove members.freeze members.lift members.hide
        codebook.close codebook.reopen releases.threshold releases.withdraw""",
}
ROUTES = {endpoint: need for need, endpoints in NEEDS.items() for endpoint in endpoints.split()}

# Numbers in addresses that name a row: a person limited to some areas meets the others as missing.
NAMED = {
    "transcript_id": "transcript",
    "coding_id": "coding",
    "code_id": "code",
    "group_id": "focus_group",
    "speaker_id": "speaker",
    "story_id": "story",
    "quote_id": "story_quote",
    "message_id": "message",
    "memo_id": "memo",
    "attribute_id": "attribute",
    "decision_id": "suggestion_decision",
    "dismissal_id": "topic_dismissal",
    "release_id": "release",
}


class NotAllowed(Exception):
    """The person is known, and their roles do not allow this."""


def allows(member: Membership, need: str) -> bool:
    """Say whether a membership has an ability."""
    ability = ABILITIES[need]
    if ability.whole_study and member.areas is not None:
        return False
    return bool(member.roles & set(ability.roles))


def refusal(member: Membership, need: str) -> str | None:
    """Say why a member may not do this, or None where they may."""
    ability = ABILITIES[need]
    if not allows(member, need):
        needed = " or ".join(ability.roles)
        whole = " of the whole study" if ability.whole_study else ""
        what = ability.words[0].lower() + ability.words[1:]
        return f"Your roles here do not allow this. To {what}, be {needed}{whole}."
    if ability.sighted and member.blind:
        return "You code blind in this study, so what others coded is hidden from you."
    if ability.results and member.blind:
        return "You code blind in this study, so results are hidden from you."
    if ability.results and "researcher" in member.roles and results_wait(study().db):
        return "Results are hidden from researchers until the coding is frozen."
    return None


def may(need: str) -> bool:
    """Say in a template whether the signed-in person has an ability in this study."""
    if need == ADMINISTRATOR:
        return bool(current_user.is_authenticated and current_user.administrator)
    return "study" in g and refusal(study().member, need) is None


def may_open(endpoint: str) -> bool:
    """Say in a template whether the signed-in person may open a page of this study."""
    return may(ROUTES[endpoint])


def init_app(app: Flask) -> None:
    app.before_request(_check)
    app.add_template_global(may)
    app.add_template_global(may_open)


def _check() -> None:
    if request.endpoint is None:
        return
    need = ROUTES.get(request.endpoint)
    if need in (OPEN, SIGNED_IN):
        return
    if need is None or need == ADMINISTRATOR:
        if need is None or not current_user.administrator:
            raise NotAllowed("Only an administrator of this server may do this.")
        return
    sentence = refusal(study().member, need)
    if sentence:
        raise NotAllowed(sentence)
    _check_named()


def _check_named() -> None:
    """Meet what is outside of the scope as missing, before a view says anything of it."""
    if study().scope.whole:
        return
    for name, value in (request.view_args or {}).items():
        if name in NAMED:
            try:
                checks.get(study().db, NAMED[name], value, NAMED[name])
            except NotFound:
                raise NotFound(NOT_HERE) from None
