"""What has left the study, for later tables to be compared with."""

from .first import migrations  # noqa: F401
