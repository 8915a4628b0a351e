"""What each estimate is of, in words; and by which word a plan announces it."""

NOT_CAUSAL = "difference between those who give any hours, and a nudge may change who; not causal"

ESTIMANDS = {
    "unadjusted": "average effect on those who answered, each area by its respondents",
    "clusters (CR2)": (
        "the same effect; the error takes members of a cluster as alike and is right for few "
        "clusters too"
    ),
    "redrawn allocation": (
        "the same effect; the interval holds every constant effect that the allocation, drawn "
        "again, does not reject"
    ),
    "covariates (Lin)": "the same effect, less what covariates differ between arms by chance",
    "winsorised": "average effect on the answer cut at the planned quantile",
    "weighted": "average effect in the population that the weights stand for",
    "response weights": (
        "average effect on everybody who responded, if arm and covariates explain who answers this"
    ),
    "Manski bounds": (
        "the average effect on everybody who responded lies between these, whatever their "
        "missing answers were; sampling error comes on top"
    ),
    "Lee bounds": (
        "the effect on those, of all who responded, who would answer in either arm lies between "
        "these, if the nudge moves answering in one direction only; sampling error comes on top"
    ),
    "without group members": "the same effect without those who sat in a focus group",
    "with group members": "the same effect with those who sat in a focus group",
    "mean difference": "average effect in scale points on those who answered",
    "proportional odds": (
        "log odds ratio of a higher answer, taken to be the same at every step of the scale"
    ),
    "superiority": (
        "chance that one of the first arm answers higher than one of the other, ties counted half"
    ),
    "Cliff’s δ": "the same from −1 to 1: how much oftener the first arm answers higher than lower",
    "mean hours": "average effect on hours over everyone who answered, none counted as 0",
    "any hours": "effect on the share who give any hours",
    "hours if any": NOT_CAUSAL,
    "alone": "average effect on doing it alone, over those who answered both",
    "with others": "average effect on doing it with others, over those who answered both",
    "difference": "how far it moves the balance from doing it alone to doing it with others",
}

# The same where it is known who was allocated and did not respond at all.
OF_ALLOCATED = {
    "Manski bounds": (
        "the average effect on everybody who was allocated lies between these, whatever the "
        "missing answers were, of those too who did not respond; sampling error comes on top"
    ),
    "Lee bounds": (
        "the effect on those, of all who were allocated, who would answer in either arm lies "
        "between these, if the nudge moves answering in one direction only; sampling error comes "
        "on top"
    ),
}

# Analyses of which a plan says by a word of its own that they are planned (`plan.FURTHER`).
ANNOUNCED = {
    "covariates (Lin)": "covariate adjustment",
    "weighted": "weighted",
    "response weights": "response weights",
    "Manski bounds": "bounds",
    "Lee bounds": "bounds",
    "proportional odds": "proportional odds",
    "superiority": "proportional odds",
    "Cliff’s δ": "proportional odds",
    "hours if any": "hours if any",
    "alone": "individual and collective",
    "with others": "individual and collective",
    "difference": "individual and collective",
}
