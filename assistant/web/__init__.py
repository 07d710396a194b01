"""The web page: shows Answers and sends questions; it has no logic of its own.

``build_app`` makes the Gradio page, ``serve`` puts it on a port, ``web_app`` gives it to another
ASGI server. Gradio is imported when they are called, not here.
"""

from assistant.web.app import build_app
from assistant.web.protocol import Assistant
from assistant.web.serve import PortInUse, serve, web_app

__all__ = ["Assistant", "PortInUse", "build_app", "serve", "web_app"]
