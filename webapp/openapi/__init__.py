"""What the JSON under /api/ takes and answers, said once: checked at run time, read as OpenAPI.

Only `described` is imported at start; pydantic and SpecTree wait for the first request that needs
them, so that the first page stays quick.
"""

from .described import Description, described

__all__ = ["Description", "described"]
