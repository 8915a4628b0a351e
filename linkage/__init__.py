"""Where words and numbers meet: the study file, stories, messages, prevalence, joint display."""
