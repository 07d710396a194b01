// The page's own script: language and light, the question form, and what the other scripts share.
// It sends what the reader does through one function of the form (see app.py) and never builds HTML.
// The scripts after it add to `kai`: `deeds` by the name in data-do, `links` by what was clicked,
// `watch` for what to do when Gradio changed the page.
(() => {
  "use strict";
  const root = document.documentElement;
  let trigger = null; // Gradio's, once the form is there
  let early = null; // a question that was sent before that
  const send = (name, data) => trigger?.(name, data);

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
    if (one("#kai-current [aria-busy]")) return false;
    if (trigger) send("submit", { question });
    else early = question;
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

  // -- copying ----------------------------------------------------------------------------------

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

  function changed() {
    speak(root.dataset.lang);
    const turn = one("#kai-current .turn");
    if (turn && turn.dataset.turn !== shownTurn) bringIntoView(turn);
    shownTurn = turn?.dataset.turn ?? null;
    kai.watch.forEach((look) => look());
  }

  // A new question goes to the top once; there is room below it for all that comes (page.css).
  function bringIntoView(turn) {
    requestAnimationFrame(() => turn.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" }));
  }

  // -- events ------------------------------------------------------------------------------------

  const deeds = {
    new: () => send("clear", {}),
    library: () => send("select", {}),
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
    for (const [selector, follow] of Object.entries(kai.links)) {
      const link = hit(selector);
      if (link) { event.preventDefault(); follow(link); return; }
    }
    const example = hit("button.ask");
    if (example) { ask(example.textContent); return; }
    const title = hit("button.read");
    if (title) { send("select", { article: title.dataset.article }); return; }
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
    }
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("#question")) fit(event.target);
  });

  const kai = {
    root, one, all, kept, calm, narrow, send, ask, fit, copied, deeds,
    links: {},
    watch: [],
    connect(given) {
      trigger = given;
      one("#kai-current")?.setAttribute("aria-live", "polite");
      light(root.dataset.theme);
      changed();
      if (early) send("submit", { question: early });
      early = null;
      if (!narrow()) one("#question")?.focus({ preventScroll: true });
      const observer = new MutationObserver(changed);
      all("#kai-current, #kai-panel").forEach((part) => {
        observer.observe(part, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn"] });
      });
    },
  };
  window.kai = kai;
  speak(preferredLanguage());
  light(preferredTheme());
})();
