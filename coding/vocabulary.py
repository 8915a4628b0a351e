"""The words by which a label is told from other words before a colon."""

# What the person who leads a group is called.
_MODERATORS = """
facilitator moderator interviewer researcher int mod fac i chair chairman chairwoman chairperson
convenor convener host
"""
# What others in a group are called.
_ROLES = """
interviewee participant respondent speaker resident observer notetaker man woman male female
unknown unidentified cofacilitator comoderator voice member panellist officer
councillor student parent carer volunteer patient citizen
"""
# Words that stand before a colon in minutes, notes and ordinary talk, and never speak.
_NEVER = """
note notes nb ps example examples question questions answer answers date dates time times
present  apologies action actions summary title subject location venue place duration length
attendees  attendance absent item items agenda minutes from to cc bcc re tel phone email fax url
http https  www source sources transcript transcriber transcription recording recorded file part
section  chapter page figure fig table box appendix annex reference references conclusion
conclusions  background aim aims objective objectives introduction context warning caution
important remember  key legend decision decisions recommendation recommendations resolved agreed
next previous topic  topics theme themes comment comments panel secretariat participants members
speakers moderators  facilitators name names age gender sex ethnicity occupation area issue wave
group focus project  study code codes tag tags permalink layout created revised updated version
status author authors  keywords abstract method methods results result discussion findings
finding update updates draft  contents content details detail description issues points point
step steps task tasks session  activity exercise deadline cost costs total report other others
in for as so and but or because  well yes no okay ok right also then thus hence however
therefore finally first firstly second  secondly third thirdly lastly actually basically
honestly clearly sorry look listen see plus is  it this that these those here there what why how
when where who which e.g i.e eg ie etc vs sic  ex matters any welcome meeting purpose terms
glossary copyright published contact address web  website telephone evidence option options
priority priorities problem problems solution solutions  fact idea thing things one two three
reason reasons quote quotes translation subtitles
"""
# What transcribers put in brackets.
_ASIDES = """
laughter laughs laughing laugh inaudible crosstalk cross overlapping overlap pause silence
unclear  applause coughs coughing sighs sigh music noise background indistinct redacted sic end
start  break interruption phone multiple
"""
# Small words inside names of people.
_PARTICLES = """
de la le van der den von di da ap ab bin ibn al el of y and & ó ni mac
"""

MODERATORS = frozenset(_MODERATORS.split())
ROLES = (MODERATORS - {"int", "mod", "fac", "i"}) | frozenset(_ROLES.split())
NEVER = frozenset(_NEVER.split())
ASIDES = frozenset(_ASIDES.split())
PARTICLES = frozenset(_PARTICLES.split())
