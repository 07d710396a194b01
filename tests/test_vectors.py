"""The vectors of a generation: opened and let go by many at once."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from vectorstore.vectors import Vectors


@pytest.mark.slow  # a real Chroma
def test_a_folder_is_opened_while_others_let_it_go(tmp_path):
    made = Vectors(tmp_path, create=True)
    made.add(["one"], np.ones((1, 4), np.float32))
    made.close()
    faults = []

    def reader():
        try:
            for _ in range(15):
                opened = Vectors(tmp_path)
                assert len(opened) == 1
                opened.close()
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for thread in readers:
        thread.start()
    for thread in readers:
        thread.join(60)
    assert faults == []
