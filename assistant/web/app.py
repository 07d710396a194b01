"""The Gradio page: its parts and which event fills which; what they show is made in `desk`."""

# Gradio reads the annotations of handlers, so they must be real types: no `annotations` import.
import os
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.web.accuracy import Accuracy
from assistant.web.conversation import Conversation
from assistant.web.counts import Counts
from assistant.web.desk import Desk, Screen
from assistant.web.protocol import Assistant
from assistant.web.render_page import render_form, render_header, render_hint

if TYPE_CHECKING:
    import gradio

PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


def build_app(
    assistant: Assistant,
    *,
    title: str = "kai",
    examples: Sequence[str] | None = None,
    at_once: int = 4,
    waiting: int = 32,
    counts: Counts | None = None,
    accuracy: Accuracy | None = None,
) -> "gradio.Blocks":
    """The page of an assistant; `serve` puts it on a port with its style and script.

    Args:
        assistant: answers the questions and keeps the articles.
        title: the name on the page.
        examples: questions to click on; None offers those about the bundled article.
        at_once: how many questions are answered at the same time.
        waiting: how many may wait for that; more get a polite refusal.
        counts: where answers are counted; None counts nothing.
        accuracy: what is known of how accurate the answers are; None shows nothing.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    desk = Desk(assistant, examples, counts)
    html = partial(gr.HTML, apply_default_css=False)
    first = desk.fresh()
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(Conversation())
        html(render_header(title), elem_id="kai-top")
        with gr.Row(elem_id="kai-desk"):
            with gr.Column(elem_id="kai-talk"):
                past = html("", elem_id="kai-past")
                current = html(first.current, elem_id="kai-current")
                hint = html(render_hint(None), elem_id="kai-hint")
                form = html(
                    render_form(), elem_id="kai-form", js_on_load="window.kai?.connect(trigger);"
                )
                if accuracy:
                    html(accuracy.line, elem_id="kai-accuracy")
            with gr.Column(elem_id="kai-evidence"):
                evidence = html(desk.library, elem_id="kai-panel")
        _wire(desk, form, [past, current, evidence, hint, conversation], at_once)
    page.queue(max_size=waiting, default_concurrency_limit=at_once, api_open=False)
    return page


def _wire(desk: Desk, form: "gradio.HTML", outputs: list[Any], at_once: int) -> None:
    """Connect the events that the script sends through the form with what they show."""
    import gradio as gr

    def show(screen: Screen) -> list[Any]:
        parts = (
            screen.past,
            screen.current,
            screen.evidence,
            screen.hint,
            screen.conversation,
        )
        return [gr.skip() if part is None else part for part in parts]

    def ask(conversation: Conversation, event: gr.EventData) -> Iterator[list[Any]]:
        for screen in desk.ask(_text(event, "question"), conversation):
            yield show(screen)

    def look(conversation: Conversation, event: gr.EventData) -> list[Any]:
        turn = _sent(event).get("turn")
        if isinstance(turn, int):
            return show(desk.evidence_of(turn, conversation))
        if _text(event, "article"):
            return show(desk.read(_text(event, "article")))
        return show(Screen(evidence=desk.library()))

    state = outputs[-1]
    form.submit(
        ask, [state], outputs, concurrency_limit=at_once, trigger_mode="multiple", **PRIVATE
    )
    form.select(look, [state], outputs, queue=False, trigger_mode="always_last", **PRIVATE)
    form.clear(lambda: show(desk.fresh()), None, outputs, queue=False, **PRIVATE)


def _sent(event: "gradio.EventData") -> dict[str, Any]:
    """What came with an event: from a browser, so of any shape."""
    return event._data if isinstance(event._data, dict) else {}


def _text(event: "gradio.EventData", name: str) -> str:
    value = _sent(event).get(name)
    return value if isinstance(value, str) else ""
