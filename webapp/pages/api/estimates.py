"""Estimators beside the differences in means, as JSON."""
