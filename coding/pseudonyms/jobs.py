"""Jobs with a place or an organisation, which point to one person: the vicar of St Mark's."""

import re
from collections.abc import Iterator

from .kinds import ADDRESS, JOB_WITH_PLACE, ORGANISATION, PLACE, Found

_KIND_OF = (
    "deputy|assistant|acting|former|old|new|retired|head|chief|senior|community|school|parish|local"
    "|lead"
)
# One expression each, over several lines.
_JOBS = r"""
head ?-?teacher|head ?mistress|head ?master|deputy head|head of year|head|principal
teaching assistant|teacher|classroom assistant|care ?taker|dinner lady|cook|cleaner
lollipop (?:lady|man|woman|person)|crossing (?:lady|patrol|guard)|governor|chair of governors
senco|safeguarding lead|gp|doctor|practice manager|practice nurse|district nurse|nurse
receptionist|midwife|health visitor|pharmacist|chemist|dentist|physio(?:therapist)?|consultant
vicar|priest|curate|rector|deacon|minister|imam|pastor|rabbi|granthi|churchwarden|organist
youth worker|social worker|support worker|care worker|community worker|key worker|carer|manager
owner|landlord|landlady|barmaid|barman|publican|shopkeeper|newsagent|butcher|baker|barber
hairdresser|postmaster|postmistress|post ?man|post ?woman|postie|milkman|librarian
police officer|policeman|policewoman|beat officer|community officer|p\.?c\.?s\.?o\.?|p\.?c\.?
constable|sergeant|inspector|superintendent|copper|bobby|firefighter|fireman|paramedic
councillor|cllr|mayor|clerk|warden|wardens|park keeper|groundsman|gardener|bus driver|driver
coach|trainer|secretary|treasurer|chair(?:man|woman|person)?|president|founder|coordinator
organiser|director|chief executive|ceo|foreman|supervisor|security guard|bouncer|porter
"""
_JOB = rf"(?:(?:{_KIND_OF}) )?(?:{'|'.join(_JOBS.split(chr(10))[1:-1])})"
_LINK = (
    r",? (?:who (?:works|teaches|preaches) )?(?:over |down |up |out |round )?"
    r"(?:at|of|from|in|on|for|with|near|outside) (?:the |our )?"
)
_BEFORE = re.compile(rf"\b{_JOB}{_LINK}$", re.IGNORECASE)
_AFTER = re.compile(rf"(?:['’]s)? {_JOB}\b(?!['’]s)", re.IGNORECASE)
_AREA = frozenset({PLACE, ORGANISATION, ADDRESS})
_STATION = re.compile(
    r" (?:police |fire |train |bus |railway )?(?:station|office|branch|depot|library)\b",
    re.IGNORECASE,
)


def find(text: str, found: list[Found]) -> Iterator[Found]:
    """Find jobs beside what was found of places and organisations."""
    for place in found:
        if place.kind not in _AREA or place.certainty < 0.3:
            continue
        before = _BEFORE.search(text[max(0, place.start - 70) : place.start])
        after = _AFTER.match(text[place.end : place.end + 40])
        if not before and not after:
            continue
        start = max(0, place.start - 70) + before.start() if before else place.start
        more = _STATION.match(text[place.end : place.end + 30])
        end = place.end + (after.end() if after and not before else more.end() if more else 0)
        certainty = max(0.6, min(place.certainty, 0.85))
        yield Found(start, end, text[start:end], JOB_WITH_PLACE, "wording", certainty)
