"""Settings, read once at the edge from KAI_* variables and passed on as plain arguments."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.models.load import ModelChoice


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
    model: str | None = Field(
        None, description="the language model that writes: provider:name, gguf:FILE, or none"
    )
    model_url: str | None = Field(
        None, description="an OpenAI-compatible server; its key is KAI_MODEL_KEY"
    )
    model_seconds: float = Field(90, gt=0, description="the longest it may take for an answer")
    model_window: int = Field(4096, ge=2048, description="its context in tokens")
    model_at_once: int = Field(4, ge=1, description="answers it may write at the same time")
    model_per_minute: int | None = Field(None, ge=1, description="requests it gets in a minute")
    model_threads: int = Field(0, ge=0, description="cores a local model uses; 0: all")
    answerable_share: float = Field(
        0.8,
        gt=0,
        lt=1,
        description="the share of questions to which a large library is expected to have an answer",
    )
    api_key: SecretStr | None = Field(
        None, description="what other programs must send to ask over HTTP"
    )
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    title: str = "kai"
    keep_unanswered: bool = Field(
        True, description="whether the page counts the questions that were not answered"
    )

    base_url: str | None = Field(
        None, description="the address under which readers open the page, behind a proxy"
    )
    root_path: str | None = Field(None, description="the path of it alone")
    color: str | None = Field(None, description="the page's accent colour, like #1c5a4c")
    users: Path | None = Field(None, description="the user file: readers log in; see kai user")
    auth_header: str | None = Field(None, description="the header in which a proxy names the user")
    auth_from: str = Field("", description="that proxy's addresses or networks, with commas")
    per_minute: int = Field(30, ge=0, description="questions one reader may ask a minute; 0: any")
    at_once: int = Field(4, ge=1, le=36, description="questions answered at the same time")
    waiting: int = Field(28, ge=0, le=35, description="questions that may wait in line")

    def model_choice(self) -> ModelChoice | None:
        """The language model that is set, or None: then the articles' own sentences answer."""
        if not self.model or self.model == "none":
            return None
        return ModelChoice(
            self.model,
            url=self.model_url or None,
            seconds=self.model_seconds,
            window=self.model_window,
            at_once=self.model_at_once,
            per_minute=self.model_per_minute,
            threads=self.model_threads,
        )
