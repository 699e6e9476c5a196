"""Importing this module gives every DataFrame `df.dlmatch.score(...)`, a shared engine's `score_frame`."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from dlmatch.engine import Engine


@pd.api.extensions.register_dataframe_accessor("dlmatch")
class DlmatchAccessor:
    """What `df.dlmatch` is."""

    def __init__(self, df: pd.DataFrame) -> None:
        self._df = df

    def score(
        self,
        *,
        text: str = "description",
        kind: str = "job",
        title: str | None = None,
        location: str | None = None,
        id: str | None = None,
        engine: Engine | None = None,
        as_of: str | None = None,
        region: str | None = None,
    ) -> pd.DataFrame:
        """One row of results for each row, with the same index; `engine` for one of your own, else one is kept."""
        used = engine if engine is not None else _engine(as_of, region)
        return used.score_frame(self._df, text=text, kind=kind, title=title, location=location, id=id)


@lru_cache(maxsize=8)
def _engine(as_of: str | None, region: str | None) -> Engine:
    return Engine(as_of=as_of, region=region)
