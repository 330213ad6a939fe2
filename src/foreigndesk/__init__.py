"""Foreign Desk: a sourced record of who did what to whom, read from piles of news articles.

>>> import foreigndesk as fd
>>> found = fd.code("Norway urged Mali to free the crew.")
>>> found.reports[0].event_type.value
'REQUEST'
"""

from __future__ import annotations

from foreigndesk.api import OpenDesk, code, open_desk
from foreigndesk.api import open_desk as open  # `fd.open` is the public name

__all__ = ["OpenDesk", "code", "open", "open_desk"]
