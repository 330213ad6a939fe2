"""Exports in formats that other tools read."""

from foreigndesk.exchange.export import FORMATS, WHAT, export

__all__ = ["FORMATS", "WHAT", "export"]
