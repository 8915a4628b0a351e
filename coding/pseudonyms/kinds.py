"""The kinds of what identifies people, and a finding of one."""

from dataclasses import dataclass

PERSON, PLACE, ORGANISATION = "person", "place", "organisation"
PHONE, EMAIL, POSTCODE, NHS_NUMBER = "phone", "email", "postcode", "nhs_number"
ADDRESS, DATE_OF_BIRTH, JOB_WITH_PLACE = "address", "date_of_birth", "job_with_place"
WEB, VEHICLE = "web", "vehicle"

# What each kind is called on pages, in the order in which they are shown.
KINDS = {
    PERSON: "Person",
    PLACE: "Place",
    ORGANISATION: "Organisation",
    ADDRESS: "Address",
    POSTCODE: "Postcode",
    PHONE: "Phone number",
    EMAIL: "E-mail address",
    NHS_NUMBER: "NHS number",
    DATE_OF_BIRTH: "Date of birth",
    JOB_WITH_PLACE: "Job with a place",
    WEB: "Web address or handle",
    VEHICLE: "Vehicle registration",
}

# At or above this certainty a finding is proposed; below it, it is a suggestion to look at.
SURE = 0.7


@dataclass(frozen=True)
class Found:
    """What may identify somebody: text[start:end] == `text`, in code points, end exclusive.

    `source` says what found it: `roster`, `speakers`, `gazetteer`, `model`, `pattern`, `wording`
    (the words around it), `first names`, or `elsewhere` (found for certain in another place).
    `certainty` lies between 0 and 1 and orders findings; it is a rule's rank, no probability.
    `also` names the kinds of what was found inside it, such as the postcode of an address.
    """

    start: int
    end: int
    text: str
    kind: str
    source: str
    certainty: float
    also: tuple[str, ...] = ()
