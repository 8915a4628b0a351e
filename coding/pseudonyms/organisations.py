"""Local organisations told by their wording: schools, surgeries, places of faith, clubs, firms."""

import re
from collections.abc import Iterator

from .dictionary import Dictionary, is_ordinary
from .kinds import ORGANISATION, Found
from .place_words import CAPITAL, LOWER, NAMED, PREPOSITION, names_in_small, without_plain
from .words import begins_sentence, overlapping, words_of

_SCHOOL = (
    r"(?:(?:c of e|church of england|catholic|rc|community|special|welsh|girls['’]?|boys['’]?) )?"
    r"(?:(?:primary|junior|infants?|secondary|high|grammar|comprehensive|comp|middle|upper|lower"
    r"|nursery|prep|special|welsh[- ]medium) (?:and nursery )?school"
    r"|(?:primary|juniors|infants|secondary|comp|comprehensive|grammar|academy)(?! care)"
    r"|school|college|sixth form(?: college)?|nursery|pre-?school|playgroup|kindergarten)"
)
_HEALTH = (
    r"surgery|medical (?:practice|centre|center)|health (?:centre|center)|clinic|hospital|hospice"
    r"|infirmary|pharmacy|chemists?|dental (?:practice|surgery|care)|dentists?|doctors|practice"
    r"|care home|nursing home|residential home|day centre|walk-in(?: centre)?"
)
_FAITH = (
    "church|chapel|mosque|masjid|temple|gurdwara|synagogue|cathedral|mandir|minster|abbey|priory"
)
_CLUB = (
    r"(?:community|village|leisure|youth|sports|children['’]?s|family|resource|arts|neighbourhood"
    r"|shopping|cultural|advice) (?:centre|center|club|hall|hub)|village hall|church hall"
    r"|food ?bank|library|(?:football|rugby|cricket|bowls|boxing|tennis|working men['’]?s|social"
    r"|youth|golf) club"
    r"|f\.?c\.?|rfc|allotments?|brownies|scouts|guides|baths|theatre"
    r"|(?:tenants|residents)['’]? association"
)
_FIRM = (
    r"ltd|limited|plc|llp|& sons?|and sons?|housing association|homes|housing trust|trust"
    r"|constabulary|police station|fire station|post office|caf[eé]|bakery|bakers|butchers|garage"
    r"|motors|arms|tavern|inn|hotel|solicitors|builders|plumbing|stores|newsagents?|care|factory"
    r"|foundation|charity"
)
_ORGANISATION = rf"(?:{_SCHOOL}|{_HEALTH}|{_FAITH}|{_CLUB}|{_FIRM})"
_PLAIN_ORGANISATION = rf"(?:{_SCHOOL}|{_HEALTH}|{_FAITH}|{_CLUB})"
_BIG = re.compile(rf"\b({NAMED})[ \u00a0](?:(?i:{_ORGANISATION}))\b")
_SMALL = re.compile(
    rf"\b(?:{PREPOSITION}|the|our|st|saint)[ ](?:the )?"
    rf"((?:{LOWER}[ ]){{0,2}}?{LOWER})[ ]{_PLAIN_ORGANISATION}\b",
    re.IGNORECASE,
)
_UNFAMILIAR = re.compile(rf"\b({LOWER})[ ]{_PLAIN_ORGANISATION}\b")
_BIG_SAINT = re.compile(rf"\b(?:St|Saint|SS)\.?[ \u00a0]{CAPITAL}(?: (?:and|&) (?:St )?{CAPITAL})?")
_SMALL_SAINT = re.compile(
    rf"\b(?:st|saint)\.?[ \u00a0]{LOWER}(?:[ ]{_PLAIN_ORGANISATION}\b)?", re.IGNORECASE
)


def find(text: str, known: Dictionary | None = None) -> Iterator[Found]:
    """Find organisations, overlapping; `known` says which words are English."""
    for match in _BIG.finditer(text):
        named = without_plain(match[1])
        if named:
            start = match.end(1) - len(named)
            doubtful = named == match[1] and " " not in named and begins_sentence(text, start)
            yield _found(text, start, match.end(), 0.5 if doubtful else 0.85)
    for match in _UNFAMILIAR.finditer(text):
        if known and not is_ordinary(words_of(match[1])[0].key, known):
            yield _found(text, *match.span(), 0.5)
    for match in overlapping(_SMALL, text):
        named = without_plain(match[1])
        if names_in_small(named):
            yield _found(text, match.end(1) - len(named), match.end(), 0.65)
    for match in _BIG_SAINT.finditer(text):
        yield _found(text, *match.span(), 0.75)
    for match in _SMALL_SAINT.finditer(text):
        yield _found(text, *match.span(), 0.65)


def _found(text: str, start: int, end: int, certainty: float) -> Found:
    return Found(start, end, text[start:end], ORGANISATION, "wording", certainty)
