"""The assistant for other programs: routes beside the page, in OpenAI's form and in our own."""

from assistant.api.routes import add_api, is_api

__all__ = ["add_api", "is_api"]
