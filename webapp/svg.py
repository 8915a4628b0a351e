"""Our own drawings, the only markup a template takes as it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """An SVG that `linkage.charts` has drawn from numbers; never anything a person typed."""

    svg: str

    def __html__(self) -> str:
        return self.svg
