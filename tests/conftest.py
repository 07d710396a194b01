"""The whole suite runs with the network closed; only loopback is open, for our own servers."""

from __future__ import annotations

import pytest
from pytest_socket import socket_allow_hosts


@pytest.fixture(autouse=True)
def _network_closed():
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)
