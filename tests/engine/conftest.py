"""An S3-compatible store on this machine, for the tests of addresses."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

MISSING = "no moto or s3fs: pip install 'moto[server]' 'foreigndesk[s3]'"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """A bucket of an S3-compatible server, as an address; None where there is no server to start.

    What is started in this session has its keys in the environment.
    """
    try:
        import s3fs
        from moto.server import ThreadedMotoServer
    except ImportError:
        yield None
        return
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("FOREIGNDESK_CACHE", str(tmp_path_factory.mktemp("cache")))
        s3fs.S3FileSystem().mkdir("news")
        yield "s3://news"
    server.stop()


@pytest.fixture
def s3(store: str | None) -> str:
    """The bucket; a test that asks for it is skipped where there is none."""
    if store is None:
        pytest.skip(MISSING)
    return store
