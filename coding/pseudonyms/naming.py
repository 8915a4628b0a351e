"""Which pseudonym a name gets: a label in brackets or an invented name, never a real one.

UK Data Service: keep pseudonyms consistent within a project, prefer them and vaguer descriptors
to blanking out, and make replacements plain to see, such as with [brackets].
"""

import random
import re
from collections.abc import Collection, Iterable

from ..checks import check_name
from ..errors import BadInput

LABELS = {
    "person": "Person", "place": "Place", "organisation": "Organisation", "phone": "Phone number",
    "email": "E-mail address", "postcode": "Postcode", "nhs_number": "NHS number",
    "address": "Address", "date_of_birth": "Date of birth", "job_with_place": "Job",
    "web": "Web address", "vehicle": "Vehicle",
}  # fmt: skip
ROLES = {"participant": "Participant", "moderator": "Moderator"}
# Given names that say little of sex, age or origin; a study draws those that it does not hold.
_INVENTED = """
    Alby Arden Ariel Ashby Aspen Avery Bailey Bellamy Blair Briar Brook Cary Casey Cody Corin Dale
    Dana Darcy Devon Ellery Ellis Emery Finley Florian Fran Glenn Hadley Harper Haven Hollis
    Indigo Jaden Jesse Jody Jules Kendall Kerry Kit Lane Laurie Lee Linden Logan Lynn Marlow
    Merritt Monroe Morgan Nicky Noel Oakley Parker Perry Quinn Ray Reese Remy Riley Robin Rory
    Rowan Sage Sandy Sasha Shay Shelby Sidney Skyler Sorrel Stevie Sydney Tamsin Taylor Toby
    Tristan Val Winter Wren
"""
INVENTED = _INVENTED.split()
# What would not stand as it is in JSON, in a page's address or in a table.
NEVER = re.compile(r'["“”\\<>{}|=`]|^[^\w\[(]')


def proposed(
    kind: str, role: str | None, style: str, taken: Collection[str], words: Collection[str]
) -> str:
    """Propose a pseudonym that is not taken, and no word of the study (both casefolded)."""
    if style == "invented" and kind == "person":
        # By chance, and not in order: the order would tell who spoke first.
        free = [n for n in INVENTED if n.casefold() not in taken and n.casefold() not in words]
        if free:
            return random.SystemRandom().choice(free)
    label = ROLES.get(role or "", "Person") if kind == "person" else LABELS.get(kind, "Name")
    number = 1
    while f"[{label} {number}]".casefold() in taken:
        number += 1
    return f"[{label} {number}]"


def checked(pseudonym: str, taken: Iterable[str], words: Collection[str]) -> str:
    """Return a pseudonym that somebody typed; raises BadInput where it cannot be one."""
    pseudonym = check_name(pseudonym, "a pseudonym", 60)
    if NEVER.search(pseudonym) or not re.search(r"[^\W_]", pseudonym):
        raise BadInput(
            "A pseudonym is made of letters and digits, and may stand in [brackets]; "
            f"“{pseudonym}” holds something else."
        )
    if pseudonym.casefold() in {name.casefold() for name in taken}:
        raise BadInput(f"“{pseudonym}” stands for somebody else already; choose another.")
    parts = set(re.findall(r"[^\W\d_]+", pseudonym.casefold()))
    if not pseudonym.startswith("[") and (real := sorted(parts & set(words))):
        raise BadInput(
            f"“{real[0]}” is said in this study, so “{pseudonym}” could be taken for somebody "
            "real; choose another, or put it in [brackets]."
        )
    return pseudonym
