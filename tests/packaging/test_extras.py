"""A command whose extra is not installed says in one line what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<html><body><p>نص</p></body></html>"


@pytest.mark.parametrize(
    ("missing", "extra", "command"),
    [
        ("trafilatura", "sources", ["code", "page.html"]),
        ("pypdf", "sources", ["add", "page.pdf", "--db", "a.db"]),
        ("onnxruntime", "careful", ["read", "a.txt", "--careful"]),
        ("tokenizers", "careful", ["code", "a.txt", "--careful"]),
        ("psycopg", "postgres", ["list", "--db", "postgresql://127.0.0.1:9/none"]),
        ("uvicorn", "desk", ["desk", "--port", "18766"]),
        ("starlette", "desk", ["desk", "--port", "18766"]),
        ("argon2", "desk", ["desk", "user", "add", "amal", "--users", "users"]),
    ],
)
def test_what_to_install(missing: str, extra: str, command: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "a.txt").write_text("وصل الوزير إلى عمان أمس.", encoding="utf-8")
    program = f"import sys; sys.modules['{missing}'] = None; sys.argv[0] = 'rasd'; from rasd.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, *command],
        input="a long enough password\na long enough password\n", capture_output=True, text=True, check=False,
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"pip install 'rasd[{extra}]'" in done.stderr.splitlines()[0]
    assert "internal error" not in done.stderr
