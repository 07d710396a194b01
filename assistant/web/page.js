// The page's own script: language and light, the question form, and the way from [n] to its span.
// It sends what the reader does through one function of the form (see app.py) and never builds HTML.
(() => {
  "use strict";
  const root = document.documentElement;
  let send = null; // Gradio's trigger, once the form is there
  let awaited = null; // {turn, target}: a span to show as soon as its panel has come
  let cameFrom = null; // the marker that was followed last

  const kept = {
    get: (name) => { try { return localStorage.getItem(`kai.${name}`); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(`kai.${name}`, value); } catch { /* private */ } },
  };
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = () => matchMedia("(max-width: 899px)").matches;

  function speak(language) {
    root.dataset.lang = language;
    root.lang = language;
    all("[data-ko][data-en]").forEach((field) => { field.placeholder = field.dataset[language]; });
  }

  function light(theme) {
    root.dataset.theme = theme;
    document.body?.classList.toggle("dark", theme === "dark");
  }

  function preferredLanguage() {
    return kept.get("language") ?? ((navigator.language || "ko").startsWith("ko") ? "ko" : "en");
  }

  function preferredTheme() {
    return kept.get("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }

  // -- questions ---------------------------------------------------------------------------------

  function ask(question) {
    if (!send || one("#kai-current [aria-busy]")) return false;
    send("submit", { question });
    return true;
  }

  function submit(form) {
    const field = one("textarea", form);
    const askable = field.value.trim() !== "" && [...field.value].length <= 1000;
    if (ask(field.value) && askable) {
      field.value = "";
      fit(field);
    }
  }

  function fit(field) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 168)}px`;
  }

  // -- evidence ----------------------------------------------------------------------------------

  function follow(link) {
    const turn = link.closest(".turn")?.dataset.turn;
    const target = link.hash.slice(1);
    if (turn !== undefined) {
      cameFrom = link;
      root.dataset.followed = "";
    }
    if (turn === undefined || one("#kai-panel .evidence")?.dataset.turn === turn) reveal(target);
    else {
      awaited = { turn, target };
      send?.("select", { turn: Number(turn) });
    }
  }

  function reveal(target) {
    const marks = all(`#kai-panel [data-marks~="${CSS.escape(target)}"]`);
    if (!marks.length) return;
    marks[0].closest("details")?.setAttribute("open", "");
    all("#kai-panel mark.now").forEach((mark) => mark.classList.remove("now"));
    all(".cite[aria-current], .jump[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    cameFrom?.setAttribute("aria-current", "true");
    void marks[0].offsetWidth; // restart the flash
    marks.forEach((mark) => mark.classList.add("now"));
    marks[0].tabIndex = -1;
    marks[0].focus({ preventScroll: true });
    marks[0].scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  // The spans of the panel in the order of its list; the one after or before the one that is lit.
  function step(by) {
    const targets = all("#kai-panel a.jump").map((link) => link.hash.slice(1));
    if (!targets.length) return;
    const lit = one("#kai-panel mark.now")?.dataset.marks.split(" ") ?? [];
    const at = targets.findIndex((target) => lit.includes(target));
    const next = at < 0 ? (by > 0 ? 0 : targets.length - 1) : (at + by + targets.length) % targets.length;
    reveal(targets[next]);
  }

  function back() {
    delete root.dataset.followed;
    if (!cameFrom?.isConnected) return;
    cameFrom.focus({ preventScroll: true });
    cameFrom.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  }

  // Browsers keep the clipboard from pages on plain http, other than on this machine.
  async function copied(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  // -- what Gradio changed -----------------------------------------------------------------------

  let shownTurn = null;
  let shownPanel = null;

  function changed() {
    speak(root.dataset.lang);
    const turn = one("#kai-current .turn");
    if (turn && turn.dataset.turn !== shownTurn) {
      delete root.dataset.followed;
      bringIntoView(turn);
    }
    shownTurn = turn?.dataset.turn ?? null;
    const panel = one("#kai-panel .evidence");
    if (awaited && panel?.dataset.turn === awaited.turn) {
      const { target } = awaited;
      awaited = null;
      reveal(target);
    } else if (panel?.dataset.turn !== shownPanel && !narrow()) {
      one("#kai-evidence")?.scrollTo({ top: 0 });
    }
    shownPanel = panel?.dataset.turn ?? null;
  }

  function bringIntoView(turn) {
    requestAnimationFrame(() => turn.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" }));
  }

  // -- events ------------------------------------------------------------------------------------

  const deeds = {
    new: () => send?.("clear", {}),
    library: () => send?.("select", {}),
    back,
    copy: async (button) => {
      await copied(button.dataset.text);
      button.classList.add("done");
      setTimeout(() => button.classList.remove("done"), 2000);
    },
    language: () => {
      const next = root.dataset.lang === "ko" ? "en" : "ko";
      kept.set("language", next);
      speak(next);
    },
    theme: () => {
      const next = root.dataset.theme === "dark" ? "light" : "dark";
      kept.set("theme", next);
      light(next);
    },
  };

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest?.(selector);
    const link = hit("a.cite, a.near, a.jump");
    if (link) { event.preventDefault(); follow(link); return; }
    const example = hit("button.ask");
    if (example) { ask(example.textContent); return; }
    const title = hit("button.read");
    if (title) { send?.("select", { article: title.dataset.article }); return; }
    const deed = hit("[data-do]");
    if (deed) { deeds[deed.dataset.do]?.(deed); return; }
    if (hit("a.skip")) { event.preventDefault(); one("#question")?.focus(); }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".ask-form")) return;
    event.preventDefault();
    submit(event.target);
  });

  document.addEventListener("keydown", (event) => {
    const composing = event.isComposing || event.keyCode === 229; // Hangul is still being put together
    if (event.key === "Enter" && !event.shiftKey && !composing && event.target.matches("#question")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.key === "Escape" && event.target.closest?.("#kai-panel")) back();
    else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#question")) fit(event.target);
  });

  window.kai = {
    connect(trigger) {
      send = trigger;
      light(root.dataset.theme);
      changed();
      if (!narrow()) one("#question")?.focus({ preventScroll: true });
      const observer = new MutationObserver(changed);
      all("#kai-current, #kai-panel").forEach((part) => {
        observer.observe(part, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn"] });
      });
    },
  };
  speak(preferredLanguage());
  light(preferredTheme());
})();
