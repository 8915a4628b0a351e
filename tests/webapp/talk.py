"""A short talk, and where the study it goes to stands."""

S = "/studies/pilot"
TALK = "Fac: What changed here?\nMo: We cleared the lane.\nMaureen: We did.\nFac: And then?\n"
