"""Pages and desk in an S3-compatible store, by the commands that a user types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foreigndesk.desk.cli import cli

TEXTS = {
    "a.txt": "Norway urged Mali to free the crew on 3 May 2024.\n",
    "b/c.txt": "Russia denied that it had sent arms to Iran. Iran said it had received none.\n",
    "b/.hidden": "Never read.\n",
}


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_from_the_store_to_the_store(s3: str, tmp_path: Path) -> None:
    from s3fs import S3FileSystem

    fs = S3FileSystem()
    for name, text in TEXTS.items():
        fs.pipe_file(f"news/pages/{name}", text.encode())
        (tmp_path / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pages" / name).write_text(text)
    desk = f"{s3}/desk"
    assert "Read 2 articles" in run("read", f"{s3}/pages", "--desk", desk, "--jobs", "1")
    assert "2 more known" in run("read", f"{s3}/pages/", "--desk", desk, "--jobs", "1")
    names = {name.removeprefix("news/desk/").split("/")[0] for name in fs.find("news/desk")}
    assert names == {"articles", "reports", "desk.toml", "ledger.duckdb"}

    assert "Norway" in run("timeline", "--desk", desk)
    assert "free the crew" in run("show", "a.txt", "--desk", desk)
    there = [json.loads(x) for x in run("export", "--desk", desk, "--what", "reports").splitlines()]
    folder = tmp_path / "desk"
    run("read", str(tmp_path / "pages"), "--desk", str(folder), "--jobs", "1")
    here = run("export", "--desk", str(folder), "--what", "reports").splitlines()
    assert [r["trigger"] for r in there] == [json.loads(line)["trigger"] for line in here]
    assert {r["document"]["path"] for r in there} == {f"{s3}/pages/a.txt", f"{s3}/pages/b/c.txt"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["read", "s3://news/none", "--desk", "s3://news/new"], "no such file or folder"),
        (["read", "s3://nobucket/pages", "--desk", "s3://news/new"], "no such file or folder"),
        (["timeline", "--desk", "s3://news/none"], "no desk.toml in it"),
    ],
)
def test_what_is_not_there_is_said(s3: str, arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, arguments)
    assert said in str(result.exception)
