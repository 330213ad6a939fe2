"""Ray behind a seam: the one place that imports it. Sessions, workers, calls, what is lost."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from foreigndesk.errors import ForeignDeskError, UsageError

STORE = 256 * 2**20
"""Bytes of shared memory for what goes to and fro in a Ray that is started here, and as much
again for each 8 workers."""
KNOCK = 10
"""Seconds in which a cluster must answer."""
TOLD = 160
"""Characters of what Ray tells of a death: the rest lists what might be."""
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # nothing is sent anywhere
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else a note about GPUs on every start
    "RAY_DEDUP_LOGS": "0",
}


class WorkerLostError(Exception):
    """A worker is gone, or what it made is: the work must be done again."""


class Session:
    """A connection to a Ray cluster, or a Ray that is started here and ended with the session.

    A Ray to which this process is connected already is used, and left as it is.
    Raises UsageError where Ray is not installed or there is no cluster at `address`.
    """

    def __init__(self, address: str | None, jobs: int) -> None:
        self._ray = _imported()
        self._ours = not self._ray.is_initialized()
        self._workers: list[Any] = []
        try:
            with _uninterrupted():
                if self._ours:
                    self._connect(address or os.environ.get("RAY_ADDRESS"), jobs)
                self.processors = int(self._ray.cluster_resources().get("CPU", 1)) or 1
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, and the Ray that was started here."""
        with _uninterrupted():
            for worker in self._workers:
                with suppress(Exception):  # a cluster that is gone holds no workers
                    self._ray.kill(worker)
            self._workers.clear()
            if self._ours:
                self._ray.shutdown()

    def _connect(self, address: str | None, jobs: int) -> None:
        self._hush()
        quiet = {"log_to_driver": False, "logging_level": "CRITICAL"}
        if address is not None and address != "local":
            try:
                _knock(address)
                self._ray.init(address=address, **quiet)
            except (ConnectionError, ValueError, RuntimeError, OSError) as error:
                raise _no_cluster(address, error) from error
            return
        self._ray.init(
            address="local",
            num_cpus=jobs,
            include_dashboard=False,
            object_store_memory=STORE * (1 + jobs // 8),
            **quiet,
        )

    def _hush(self) -> None:
        """Ray tells of workers that died on standard output, where results belong: let it tell on
        standard error. It has no public switch; where the name is another, it stays as it is."""
        module = getattr(getattr(self._ray, "_private", None), "worker", None)
        tell = getattr(module, "print_to_stdstream", None)
        if module is not None and tell is not None and not hasattr(tell, "hushed"):
            hushed = partial(_to_stderr, tell)
            hushed.hushed = True  # type: ignore[attr-defined]  # a mark of ours
            module.print_to_stdstream = hushed

    def put(self, value: object) -> Any:
        """A reference to a value that is sent to each machine once."""
        return self._ray.put(value)

    def worker(self, kind: type[Any], given: Any) -> Any:
        """Start a worker: an object of class `kind`, made from `given`, with a processor."""
        made = self._ray.remote(num_cpus=1, max_restarts=0)(kind).remote(given)
        self._workers.append(made)
        return made

    def call(self, worker: Any, method: str, *values: object) -> Any:
        """Begin a call; a reference to what it will give."""
        return getattr(worker, method).remote(*values)

    def task(self, function: Any, *values: object) -> Any:
        """Begin a call of a function on some machine, over and above what workers do; a reference
        to what it will give. It is begun again where its machine is lost."""
        return self._ray.remote(num_cpus=0, scheduling_strategy="SPREAD")(function).remote(*values)

    def end(self, worker: Any) -> None:
        """Forget a worker that is gone."""
        self._workers.remove(worker)
        with suppress(Exception):
            self._ray.kill(worker)

    def any_of(self, references: Collection[Any]) -> Any:
        """One of these that is there; waits until one is."""
        ready, _ = self._ray.wait(list(references), num_returns=1, fetch_local=False)
        return ready[0]

    def result(self, reference: Any) -> Any:
        """What a call gave. Raises WorkerLostError if its worker or what it made is gone,
        ForeignDeskError where a worker cannot be started or broke off."""
        known = self._ray.exceptions
        try:
            return self._ray.get(reference)
        except known.RayTaskError as error:
            cause = getattr(error, "cause", None)
            raise (cause if isinstance(cause, ForeignDeskError) else _broken(error)) from error
        except known.RayActorError as error:
            if getattr(error, "actor_init_failed", False):
                raise _unfit(error) from error
            raise WorkerLostError(str(error)) from error
        except (known.ObjectLostError, known.WorkerCrashedError, known.OutOfMemoryError) as error:
            raise WorkerLostError(str(error)) from error
        except known.RayError as error:
            raise _gone(error) from error


def _to_stderr(tell: Any, data: dict[str, Any], *rest: Any, **named: Any) -> None:
    lines = [str(line).strip().split("\n", 1)[0][:TOLD] for line in data.get("lines", ())]
    tell({**data, "lines": lines, "is_err": True}, *rest, **named)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C takes effect at the end: a Ray that is half started or half ended leaves processes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _imported() -> Any:
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise UsageError(
            "--engine ray",
            f"no Ray ({error})",
            "the package ray, of the same version as the cluster's",
            "Install it: pip install 'foreigndesk[ray]'.",
        ) from error
    return ray


def _knock(address: str) -> None:
    """Raises OSError where nothing listens at an address: Ray itself tries for many minutes."""
    if address == "auto":
        noted = Path(os.environ.get("RAY_TMPDIR", "/tmp"), "ray", "ray_current_cluster")
        address = noted.read_text().strip() if noted.is_file() else address
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK).close()


def _no_cluster(address: str, error: Exception) -> UsageError:
    return UsageError(
        address,
        f"no Ray cluster that answers ({_first_line(error)})",
        "the address of a head node, such as 10.0.0.1:6379, or auto on one of its machines",
        "Start one (ray start --head), or leave the address out to run on this machine.",
    )


def _unfit(error: Exception) -> ForeignDeskError:
    return ForeignDeskError(
        "a Ray worker",
        f"that it cannot start ({_last_line(error)})",
        "the same version of foreigndesk on every machine of the cluster",
        "Install it there: pip install 'foreigndesk[ray]'.",
    )


def _broken(error: Exception) -> ForeignDeskError:
    return ForeignDeskError(
        "a Ray worker",
        f"a defect ({_last_line(error)})",
        "a batch that is coded or whose documents are skipped",
        "Please report it; what was read so far is kept.",
    )


def _gone(error: Exception) -> ForeignDeskError:
    return ForeignDeskError(
        "the Ray cluster",
        f"that it is gone ({_first_line(error)})",
        "a cluster that lasts as long as the run",
        "Start it again; the same command completes the run, what was read is kept.",
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _last_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1]
