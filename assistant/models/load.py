"""From a setting to a chat model: ``gguf:FILE``, ``provider:name``, or a name behind a URL."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.models.problem import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.models.pen import Pen

KEY_VARIABLE = "KAI_MODEL_KEY"
LOCAL = "gguf"
# provider: (module that must be there, our extra, how it takes a JSON schema)
PROVIDERS = {
    LOCAL: ("xllamacpp", "local", "openai"),
    "openai": ("langchain_openai", "openai", "openai"),
    "anthropic": ("langchain_anthropic", "anthropic", None),
    "google_genai": ("langchain_google_genai", "google", None),
    "ollama": ("langchain_ollama", "ollama", "ollama"),
}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model writes, and within which bounds.

    ``seconds`` is the longest it may take for one answer, ``window`` its context in tokens,
    ``at_once`` how many answers it may write at the same time, ``threads`` how many cores a local
    model uses (0: all).
    """

    name: str
    url: str | None = None
    seconds: float = 90.0
    window: int = 4096
    at_once: int = 4
    per_minute: int | None = None
    threads: int = 0

    @property
    def provider(self) -> str:
        """The part before the colon; behind a URL, OpenAI's protocol."""
        return "openai" if self.url else self.name.partition(":")[0]

    @property
    def label(self) -> str:
        """What answers call their writer: never a folder or an address."""
        if self.provider == LOCAL:
            return f"{LOCAL}:{Path(self.name.partition(':')[2]).stem}"
        return self.name


def check(choice: ModelChoice) -> None:
    """See that a model can be loaded at all, without loading it.

    Raises:
        ModelError: an unknown form, a missing package, file or address.
    """
    provider, _, name = choice.name.partition(":")
    if choice.url and not choice.url.startswith(("http://", "https://")):
        raise ModelError(f"KAI_MODEL_URL is {choice.url!r}; it must start with http:// or https://")
    if not choice.url and not name:
        raise ModelError(
            f"KAI_MODEL is {choice.name!r}; write provider:name, as openai:NAME or gguf:FILE, "
            "or name the server with KAI_MODEL_URL"
        )
    if not choice.url and provider == LOCAL and not Path(name).expanduser().is_file():
        raise ModelError(f"KAI_MODEL names {name}; there is no such file")
    module, extra, _ = PROVIDERS.get(choice.provider, (None, None, None))
    if module and find_spec(module) is None:
        raise ModelError(f"{choice.label} needs the package {module}: pip install -e '.[{extra}]'")


def load_model(choice: ModelChoice) -> BaseChatModel:
    """Load the chat model; keys come from the environment and stay in the client.

    Raises:
        ModelError: it cannot be loaded; the message names the cure and no key.
    """
    check(choice)
    if choice.provider == LOCAL and not choice.url:
        from assistant.models.local import LocalChat

        path = Path(choice.name.partition(":")[2]).expanduser()
        return LocalChat(path=str(path), window=choice.window, threads=choice.threads)
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(choice.name, **_arguments(choice))  # type: ignore[no-any-return]
    except Exception as error:
        raise ModelError(_why(choice, error)) from None


def _arguments(choice: ModelChoice) -> dict[str, Any]:
    arguments: dict[str, Any] = {"temperature": 0}
    if choice.url:
        arguments |= {
            "model_provider": "openai",
            "base_url": choice.url,
            "api_key": os.environ.get(KEY_VARIABLE) or os.environ.get("OPENAI_API_KEY") or "none",
        }
    if choice.provider in {"openai", "anthropic", "google_genai"}:
        arguments |= {"timeout": choice.seconds, "max_retries": 0}  # tries are counted in `Pen`
    if choice.per_minute:
        from langchain_core.rate_limiters import InMemoryRateLimiter

        arguments["rate_limiter"] = InMemoryRateLimiter(requests_per_second=choice.per_minute / 60)
    return arguments


def _why(choice: ModelChoice, error: Exception) -> str:
    if isinstance(error, ImportError):
        module = (error.name or str(error)).partition(".")[0]
        return f"{choice.label} needs the package {module}: pip install {module}"
    wants_key = "api_key" in str(error) or "API_KEY" in str(error)
    cure = "set its key in the environment" if wants_key else "see docs/models.md"
    return f"The model {choice.label} cannot be loaded ({type(error).__name__}); {cure}"


def load_pen(choice: ModelChoice) -> Pen:
    """The model of a choice, ready to write; a local one writes one answer at a time.

    Raises:
        ModelError: it cannot be loaded.
    """
    from assistant.models.pen import Pen

    _, _, schema = PROVIDERS.get(choice.provider, (None, None, None))
    return Pen(
        load_model(choice),
        choice.label,
        window=choice.window,
        seconds=choice.seconds,
        at_once=1 if choice.provider == LOCAL else choice.at_once,
        schema_style=schema,
    )
