// The conversation: stop, ask again, edit and resend, judge; and the drawer with all conversations.
(() => {
  "use strict";
  const { root, one, all, kept, narrow, send, fit, deeds, watch } = window.kai;
  const page = { // of this tab alone, so that two tabs keep two conversations
    get: () => { try { return sessionStorage.getItem("kai.conversation") ?? ""; } catch { return ""; } },
    set: (id) => { try { sessionStorage.setItem("kai.conversation", id); } catch { /* private */ } },
  };
  let editing = null; // the turn whose question is being written anew
  let lastAsked = null; // {question, turn}: put back when it came too soon
  let stopped = null; // what the reader stopped last: a piece still on its way must not undo that
  let opened = false; // whether the conversation of this tab was asked for

  const question = () => one("#question");
  const busy = () => Boolean(one("#kai-current [aria-busy]"));

  // -- asking ------------------------------------------------------------------------------------

  function resend(text, turn) {
    if (busy()) return;
    lastAsked = { question: text, turn };
    stopped = null;
    send("submit", { question: text, turn });
  }

  function stayStopped(looks) {
    if (!stopped || looks === 0) return;
    if (busy()) send("stop", stopped);
    setTimeout(stayStopped, 500, looks - 1);
  }

  function edit(button) {
    editing = Number(button.dataset.turn);
    question().value = button.dataset.question;
    fit(question());
    root.dataset.editing = "";
    question().focus();
  }

  function endEditing() {
    editing = null;
    delete root.dataset.editing;
  }

  function cancelEditing() {
    endEditing();
    question().value = "";
    fit(question());
  }

  // Before the page's own listener: an edited question takes the place of the old one.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".ask-form")) return;
    const text = question().value;
    if (editing === null || busy() || text.trim() === "" || [...text].length > 1000) {
      if (!busy() && text.trim() !== "") { lastAsked = { question: text }; stopped = null; }
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    resend(text, editing);
    cancelEditing();
  }, true);

  function tooSoon() {
    const field = question();
    if (!one("#kai-hint [data-again]") || !lastAsked || !field || field.value) return;
    field.value = lastAsked.question;
    if (lastAsked.turn !== undefined) { editing = lastAsked.turn; root.dataset.editing = ""; }
    lastAsked = null;
    fit(field);
  }

  // -- judging -----------------------------------------------------------------------------------

  function judge(form) {
    send("like", {
      turn: Number(form.dataset.turn),
      rating: "down",
      reason: one("input[type=radio]:checked", form)?.value ?? "",
      sentences: all("input[type=checkbox]:checked", form).map((box) => Number(box.value)),
      note: one("textarea", form).value,
    });
    const details = form.closest("details");
    details.open = false;
    details.dataset.judged = "";
    one("[data-do=good]", details.parentElement).setAttribute("aria-pressed", "false");
    one("summary", details).focus();
  }

  function praise(button) {
    button.setAttribute("aria-pressed", "true");
    delete one(".judge", button.parentElement)?.dataset.judged;
    send("like", { turn: Number(button.dataset.turn), rating: "up" });
  }

  // -- the drawer ----------------------------------------------------------------------------------

  let cameFrom = null;
  const drawer = () => one("#kai-drawer");
  const current = () => one("#kai-at")?.dataset.conversation ?? "";
  const words = () => one("#history-words").value;
  const list = (name = "expand", more = {}) => send(name, { words: words(), current: current(), ...more });

  function toggleDrawer() {
    if ("drawer" in root.dataset) { closeDrawer(); return; }
    cameFrom = document.activeElement;
    root.dataset.drawer = "";
    drawer().setAttribute("role", "dialog");
    drawer().setAttribute("aria-modal", "true");
    drawer().setAttribute("aria-labelledby", "drawer-title");
    const user = one("meta[name=kai-user]")?.content;
    if (user) { root.dataset.user = ""; one(".who", drawer()).textContent = user; }
    one("#kai-desk").inert = true;
    one("#history-words").value = "";
    list();
    one("#history-words").focus();
  }

  function closeDrawer() {
    if (!("drawer" in root.dataset)) return;
    delete root.dataset.drawer;
    one("#kai-desk").inert = false;
    cameFrom?.focus({ preventScroll: true });
  }

  const entry = (part) => part.closest("[data-conversation]").dataset.conversation;

  function open(button) {
    endEditing();
    stopped = null;
    send("option_select", { conversation: entry(button) });
    closeDrawer();
    if (!narrow()) question().focus({ preventScroll: true });
  }

  function remove(button) {
    if (!button.classList.contains("sure")) {
      button.classList.add("sure");
      setTimeout(() => button.classList.remove("sure"), 4000);
      return;
    }
    list("delete", { conversation: entry(button) });
    if (entry(button) === current()) deeds.new();
    one("#history-words").focus();
  }

  function begin() {
    endEditing();
    stopped = null;
    send("clear", {});
    closeDrawer();
  }

  Object.assign(deeds, {
    stop: () => {
      const turn = one("#kai-current .turn");
      if (!turn || !busy()) return;
      const asked = one(".question", turn).lastChild.textContent;
      stopped = { turn: Number(turn.dataset.turn), question: asked };
      send("stop", stopped);
      setTimeout(stayStopped, 500, 6);
    },
    retry: (button) => resend(button.dataset.question, Number(button.dataset.turn)),
    edit,
    unedit: cancelEditing,
    good: praise,
    drawer: toggleDrawer,
    open,
    delete: remove,
    new: begin,
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches(".judge-form")) { event.preventDefault(); judge(event.target); }
    if (event.target.matches("form.rename")) {
      event.preventDefault();
      list("edit", { conversation: entry(event.target), title: one("input", event.target).value });
      one("#history-words").focus();
    }
  });

  let typed = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#history-words")) return;
    clearTimeout(typed);
    typed = setTimeout(list, 200);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && "drawer" in root.dataset) closeDrawer();
    else if (event.key === "Escape" && "editing" in root.dataset && event.target.matches("#question")) cancelEditing();
    else if (event.key === "Tab" && "drawer" in root.dataset) keepInside(event);
  });

  function keepInside(event) {
    const stops = all("button, input, a, summary", drawer()).filter((part) => part.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }

  document.addEventListener("click", (event) => {
    if ("drawer" in root.dataset && !event.target.closest("#kai-drawer, [data-do=drawer]")) closeDrawer();
  });

  // -- what Gradio changed -------------------------------------------------------------------------

  // A tab that was loaded again, or whose server was started again, goes on where it was; another
  // asks for what there is now, since Gradio made the page when the server started.
  function resume() {
    if (opened) return;
    opened = true;
    if (page.get()) send("option_select", { conversation: page.get() });
    else send("tick", {});
  }

  // Right after the server's start the questions to begin with are still being looked for.
  function lookAgain(pauses) {
    if (!pauses.length || !one("#kai-current .empty") || one("#kai-current .empty ul")) return;
    setTimeout(() => {
      if (one("#kai-current .empty") && !one("#kai-current .empty ul")) send("tick", {});
      lookAgain(pauses.slice(1));
    }, pauses[0]);
  }

  function changed() {
    root.toggleAttribute("data-busy", busy());
    if (opened && one("#kai-at")) page.set(one("#kai-current .turn") ? current() : "");
    tooSoon();
  }

  function start() {
    if (!one("#kai-at")) return;
    new MutationObserver(tooSoon).observe(one("#kai-hint"), { childList: true, subtree: true });
    resume();
    lookAgain([2500, 4000, 8000]);
  }

  watch.push(changed);
  const connect = window.kai.connect;
  window.kai.connect = (trigger) => { connect(trigger); start(); };
})();
