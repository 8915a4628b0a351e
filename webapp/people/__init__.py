"""The people of an instance: how they sign in, what they hold, and which studies they are in."""

from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from .migrations import migrations
from .preferences import Preferences
from .taking_up import TakingUp
from .tokens import Tokens

if TYPE_CHECKING:
    from ..instance import Instance

__all__ = ["People", "migrations"]


class People(TakingUp, Tokens, Preferences):
    """Reads and changes the catalogue's tables of people; secrets are kept only as hashes."""

    def __init__(self, instance: "Instance") -> None:
        self._instance = instance

    def read(self) -> Database:
        return self._instance.reader(self._instance.catalogue_path)

    def change(self, run: Any) -> Any:
        return self._instance.writer(self._instance.catalogue_path).submit(run)
