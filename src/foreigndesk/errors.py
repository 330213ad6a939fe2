"""The error tree.

    ForeignDeskError
    ├── UsageError          the call's words are off              (exit status 2)
    ├── NothingReadError    nothing of the input could be read    (exit status 1)
    ├── UnreadableError     one input cannot be read              (becomes a Skipped record)
    ├── FetchError          an address cannot be fetched       (it is tried again later)
    ├── CodebookError       a data file is wrong                  (exit status 2)
    ├── ParserError         the parser's model is absent or another version
    ├── MissingPackageError an optional package is not installed
    └── DeskError           a desk cannot be opened or written
        ├── NewerDeskError  it was made by a newer version
        └── DamagedDeskError one of its files cannot be read

Every message says where, what was found, what was expected and what to do.
"""

from __future__ import annotations


class ForeignDeskError(Exception):
    """Any error that Foreign Desk raises on purpose."""

    exit_status = 2

    def __init__(self, where: str, found: str, expected: str, do: str) -> None:
        self.where = where
        self.found = found
        self.expected = expected
        self.do = do
        super().__init__(f"{where}: found {found}; expected {expected}. {do}")

    def __reduce__(self) -> tuple[type[ForeignDeskError], tuple[str, str, str, str]]:
        return type(self), (self.where, self.found, self.expected, self.do)


class UsageError(ForeignDeskError):
    """The call's words are off."""


class NothingReadError(ForeignDeskError):
    """Nothing of the input could be read."""

    exit_status = 1


class UnreadableError(ForeignDeskError):
    """One input cannot be read; the batch goes on."""


class FetchError(ForeignDeskError):
    """An address cannot be fetched, or must not be."""


class CodebookError(ForeignDeskError):
    """A data file of the codebook is wrong."""


class ParserError(ForeignDeskError):
    """The parser's model is absent or another version than asked for."""


class MissingPackageError(ForeignDeskError, ImportError):
    """An optional package that a call needs is not installed."""


class DeskError(ForeignDeskError):
    """A desk cannot be opened or written."""


class NewerDeskError(DeskError):
    """The desk was made by a newer version of Foreign Desk."""


class DamagedDeskError(DeskError):
    """A file of the desk cannot be read."""
