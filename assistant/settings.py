"""Settings, read once at the edge from KAI_* variables and passed on as plain arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_home() -> Path:
    """The user's data folder for kai, by the custom of the platform."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kai"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "kai"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "kai"


class Settings(BaseSettings):
    """What an operator can set; the command line's options go before these."""

    model_config = SettingsConfigDict(env_prefix="KAI_", extra="ignore")

    home: Path = Field(default_factory=default_home)
    embedding_model: str = Field(
        "bundled", description="bundled, or a sentence-transformers model by name or folder"
    )
    chroma_url: str | None = Field(
        None, description="a Chroma server to keep the index on; by default it is in the home"
    )
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    title: str = "kai"
    keep_unanswered: bool = Field(
        True, description="whether the page counts the questions that were not answered"
    )
