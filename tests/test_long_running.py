"""A server that runs for months serves many generations, and must not keep the old ones."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path

import pytest
from fakes import BigramEmbedder
from indexing import article, articles

from assistant.chain import Assistant
from assistant.writers import extractive
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

FILES = Path("/proc/self/fd")


@pytest.mark.skipif(not FILES.is_dir(), reason="counts open files where Linux lists them")
def test_old_generations_are_let_go_with_their_files(tmp_path):
    built, served = (IndexStore(tmp_path, BigramEmbedder()) for _ in range(2))
    assistant = Assistant(served, Searcher(served), extractive.write)
    seen, files = [], []
    for number in range(8):
        built.build([*articles(), article("sea", "바다 소식", f"등대가 {number}번 깜빡인다.")])
        assert assistant.ask("등대가 몇 번 깜빡이나요?").status
        seen.append(weakref.ref(served.open()))
        gc.collect()
        files.append(len(os.listdir(FILES)))
    assert [index() is None for index in seen[:-2]] == [True] * 6
    assert files[-1] <= files[2] + 8
