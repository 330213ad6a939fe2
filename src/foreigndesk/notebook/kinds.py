"""What can be shown, as the Python API has it; the API imports this room, not the other way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from foreigndesk.ledger.desk import Desk
from foreigndesk.model import (
    AttributionSpan,
    Mention,
    Place,
    Report,
    TimeExpression,
)


class Asked(Protocol):
    """A question of a desk, by its name and the words that were given; `str` shows the call."""

    @property
    def desk(self) -> Desk:
        """The desk that was asked."""

    @property
    def name(self) -> str:
        """The method's name."""

    @property
    def given(self) -> dict[str, Any]:
        """The words of the call."""


class Answer(Protocol):
    """The rows that answer a question."""

    @property
    def question(self) -> Asked:
        """What was asked."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: slice, /) -> Answer: ...

    def records(self) -> list[Any]:
        """Every row."""


class CodedText(Protocol):
    """A text with what was read from it; `error` says why nothing was."""

    @property
    def id(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def error(self) -> str | None: ...
    @property
    def reports(self) -> tuple[Report, ...]: ...
    @property
    def mentions(self) -> tuple[Mention, ...]: ...
    @property
    def attributions(self) -> tuple[AttributionSpan, ...]: ...
    @property
    def times(self) -> tuple[TimeExpression, ...]: ...
    @property
    def places(self) -> tuple[Place, ...]: ...


class ManyTexts(Protocol):
    """Many coded texts in their order."""

    @property
    def errors(self) -> Sequence[CodedText]:
        """Those that could not be coded."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[CodedText]: ...

    def __getitem__(self, index: slice, /) -> ManyTexts: ...
