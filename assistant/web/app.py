"""The Gradio page: its parts and which event fills which; what they show is made in `desk`."""

# Gradio reads the annotations of handlers, so they must be real types: no `annotations` import.
import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.web.accuracy import Accuracy
from assistant.web.conversation import MAX_QUESTION, Conversation
from assistant.web.desk import Desk
from assistant.web.drawer import Drawer
from assistant.web.readers import Reader
from assistant.web.render_history import render_drawer
from assistant.web.render_page import render_form, render_header, render_hint
from assistant.web.render_talk import render_at
from assistant.web.screen import Screen
from assistant.web.visitor import INNER

if TYPE_CHECKING:
    import gradio

MOST = 40  # questions in Gradio's own hands, which serves no more; the desk's line is shorter
PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


def build_app(
    desk: Desk,
    drawer: Drawer | None = None,
    *,
    title: str = "kai",
    accuracy: Accuracy | None = None,
) -> "gradio.Blocks":
    """The page of a desk; `serve` puts it on a port with its style and script.

    Args:
        desk: answers what happens on the page.
        drawer: lists the conversations; None lists those of the desk, of nameless readers.
        title: the name on the page.
        accuracy: what is known of how accurate the answers are; None shows nothing.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr

    drawer = drawer or Drawer(desk.history)
    html = partial(gr.HTML, apply_default_css=False)
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        conversation = gr.State(Conversation())
        html(render_header(title), elem_id="kai-top")
        with gr.Row(elem_id="kai-desk"):
            with gr.Column(elem_id="kai-talk"):
                past = html(render_at(""), elem_id="kai-past")
                with gr.Column(elem_id="kai-now"):
                    current = html(desk.bare(), elem_id="kai-current")
                    onward = html("", elem_id="kai-onward")
                hint = html(render_hint(None), elem_id="kai-hint")
                form = html(
                    render_form(), elem_id="kai-form", js_on_load="window.kai?.connect(trigger);"
                )
                if accuracy:
                    # Empty until looked up: what was known when the page was built may be old.
                    line = html("", elem_id="kai-accuracy")
                    page.load(accuracy.line, None, line, queue=False, **PRIVATE)
            with gr.Column(elem_id="kai-evidence"):
                evidence = html(desk.library(), elem_id="kai-panel")
        with gr.Column(elem_id="kai-drawer"):
            html(render_drawer(), elem_id="kai-history")
            entries = html("", elem_id="kai-entries")
        outputs = [past, current, onward, evidence, hint, conversation]
        _wire(desk, form, outputs)
        _wire_drawer(drawer, form, entries)
    page.queue(max_size=MOST, default_concurrency_limit=MOST, api_open=False)
    return page


def _show(screen: Screen) -> list[Any]:
    """What Gradio is given for a screen."""
    import gradio as gr

    parts = (
        screen.past,
        screen.current,
        screen.onward,
        screen.evidence,
        screen.hint,
        screen.conversation,
    )
    return [gr.skip() if part is None else part for part in parts]


def _wire(desk: Desk, form: "gradio.HTML", outputs: list[Any]) -> None:
    """Connect what is asked through the form with what it shows."""
    import gradio as gr

    def ask(
        conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[Any]]:
        at = _sent(event).get("turn")
        asked = desk.ask(
            _text(event, "question"),
            conversation,
            _reader(request),
            at if type(at) is int else None,
        )
        for screen in asked:
            yield _show(screen)

    def stop(event: gr.EventData, request: gr.Request) -> list[Any]:
        turn = _sent(event).get("turn")
        known = turn if type(turn) is int else 0
        return _show(desk.stop(_reader(request), _text(event, "question")[:MAX_QUESTION], known))

    def look(conversation: Conversation, event: gr.EventData) -> list[Any]:
        turn = _sent(event).get("turn")
        if isinstance(turn, int):
            return _show(desk.evidence_of(turn, conversation))
        if _text(event, "article"):
            return _show(desk.read(_text(event, "article")))
        return _show(Screen(evidence=desk.library()))

    def judge(conversation: Conversation, event: gr.EventData, request: gr.Request) -> list[Any]:
        return _show(desk.judge(_sent(event), conversation, _reader(request)))

    state = outputs[-1]
    asked = form.submit(
        ask, [state], outputs, concurrency_limit=MOST, trigger_mode="multiple", **PRIVATE
    )
    form.stop(stop, None, outputs, queue=False, cancels=[asked], **PRIVATE)
    form.select(look, [state], outputs, queue=False, trigger_mode="always_last", **PRIVATE)
    form.like(judge, [state], outputs, queue=False, trigger_mode="multiple", **PRIVATE)
    _wire_begin(desk, form, outputs, asked)


def _wire_begin(desk: Desk, form: "gradio.HTML", outputs: list[Any], asked: Any) -> None:  # noqa: ANN401
    """Connect what begins a conversation, a new one or an old one; it ends what was ``asked``."""
    import gradio as gr

    def clear(request: gr.Request) -> list[Any]:
        return _show(desk.fresh(_reader(request)))

    def open_one(event: gr.EventData, request: gr.Request) -> list[Any]:
        return _show(desk.open(_text(event, "conversation"), _reader(request)))

    def onward(conversation: Conversation, request: gr.Request) -> Iterator[list[Any]]:
        for screen in desk.onward(conversation, _reader(request)):
            yield _show(screen)

    def again(request: gr.Request) -> list[Any]:
        return _show(desk.again(_reader(request)))

    form.tick(again, None, outputs, queue=False, **PRIVATE)
    form.clear(clear, None, outputs, queue=False, cancels=[asked], **PRIVATE)
    opened = form.option_select(open_one, None, outputs, queue=False, cancels=[asked], **PRIVATE)
    opened.then(onward, [outputs[-1]], outputs, concurrency_limit=MOST, **PRIVATE)


def _wire_drawer(drawer: Drawer, form: "gradio.HTML", entries: "gradio.HTML") -> None:
    """Connect the drawer: list conversations, rename and delete them."""
    import gradio as gr

    def shown(event: gr.EventData, request: gr.Request) -> str:
        words, current = _text(event, "words"), _text(event, "current")
        return drawer.entries(_reader(request).owner, words, current)

    def rename(event: gr.EventData, request: gr.Request) -> str:
        owner = _reader(request).owner
        drawer.rename(owner, _text(event, "conversation"), _text(event, "title"))
        return shown(event, request)

    def delete(event: gr.EventData, request: gr.Request) -> str:
        drawer.delete(_reader(request).owner, _text(event, "conversation"))
        return shown(event, request)

    form.expand(shown, None, entries, queue=False, trigger_mode="always_last", **PRIVATE)
    form.edit(rename, None, entries, queue=False, **PRIVATE)
    form.delete(delete, None, entries, queue=False, **PRIVATE)


def _reader(request: "gradio.Request") -> Reader:
    """Who asks: found out by the guard, which lets no client say so."""
    return Reader(request.headers.get(INNER.decode(), ""), request.session_hash or "")


def _sent(event: "gradio.EventData") -> dict[str, Any]:
    """What came with an event: from a browser, so of any shape."""
    return event._data if isinstance(event._data, dict) else {}


def _text(event: "gradio.EventData", name: str) -> str:
    value = _sent(event).get(name)
    return value if isinstance(value, str) else ""
