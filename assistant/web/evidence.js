// From [n] to its span and back: the card that a marker shows, the panel, and the keys through it.
(() => {
  "use strict";
  const { root, one, all, calm, narrow, send } = window.kai;
  const behavior = () => (calm() ? "auto" : "smooth");
  let awaited = null; // {turn, target}: a span to show as soon as its panel has come
  let cameFrom = null; // the marker that was followed last
  let shownTurn = null;
  let shownPanel = null;

  function follow(link) {
    const turn = link.closest(".turn")?.dataset.turn;
    const target = link.hash.slice(1);
    hideCard();
    if (turn !== undefined) {
      cameFrom = link;
      root.dataset.followed = "";
    }
    if (turn === undefined || one("#kai-panel .evidence")?.dataset.turn === turn) reveal(target);
    else {
      awaited = { turn, target };
      send("select", { turn: Number(turn) });
    }
  }

  function reveal(target) {
    const marks = all(`#kai-panel [data-marks~="${CSS.escape(target)}"]`);
    if (!marks.length) return;
    marks[0].closest("details")?.setAttribute("open", "");
    all("#kai-panel .now, #kai-panel .here").forEach((part) => part.classList.remove("now", "here"));
    all(".cite[aria-current], .jump[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    cameFrom?.setAttribute("aria-current", "true");
    one(`#kai-panel a.jump[href="#${CSS.escape(target)}"]`)?.setAttribute("aria-current", "true");
    void marks[0].offsetWidth; // restart the flash
    marks.forEach((mark) => {
      mark.classList.add("now");
      mark.closest("p, h3, h4, blockquote")?.classList.add("here");
    });
    marks[0].tabIndex = -1;
    marks[0].focus({ preventScroll: true });
    marks[0].scrollIntoView({ block: "center", behavior: behavior() });
    tellPlace();
  }

  // The spans of the panel in the order of its list, and which of them is lit.
  const targets = () => all("#kai-panel a.jump").map((link) => link.hash.slice(1));
  function litPlace(among) {
    const lit = one("#kai-panel mark.now")?.dataset.marks.split(" ") ?? [];
    return among.findIndex((target) => lit.includes(target));
  }

  function step(by) {
    const among = targets();
    if (!among.length) return;
    const at = litPlace(among);
    const next = at < 0 ? (by > 0 ? 0 : among.length - 1) : (at + by + among.length) % among.length;
    reveal(among[next]);
  }

  function tellPlace() {
    const among = targets();
    const told = one("#kai-panel .steps output");
    if (told) told.textContent = `${Math.max(0, litPlace(among)) + 1} / ${among.length}`;
  }

  // Beside a new answer its first span is in view, from the top of the panel where that is enough.
  function showFirst() {
    const side = one("#kai-evidence");
    side?.scrollTo({ top: 0 });
    const first = one("#kai-panel .article mark");
    const under = first ? first.getBoundingClientRect().bottom - side.getBoundingClientRect().bottom : 0;
    if (under > 0) side.scrollTo({ top: under + side.clientHeight / 2 });
  }

  function back() {
    delete root.dataset.followed;
    if (!cameFrom?.isConnected) return;
    cameFrom.focus({ preventScroll: true });
    cameFrom.scrollIntoView({ block: "center", behavior: behavior() });
    hideCard();
  }

  // -- the card: over the page, so that nothing moves ----------------------------------------------

  let card = null;
  let described = null;
  let soon = 0;

  function showCard(link) {
    const told = link.closest(".turn")?.querySelector(`.peek[data-for="${CSS.escape(link.hash.slice(1))}"]`);
    if (!told) return;
    hideCard();
    card = document.createElement("div");
    card.id = "kai-card";
    card.setAttribute("role", "tooltip");
    card.append(...told.cloneNode(true).childNodes);
    one(".gradio-container").append(card);
    link.setAttribute("aria-describedby", card.id);
    described = link;
    place(link.getClientRects()[0] ?? link.getBoundingClientRect());
  }

  function place(beside) {
    const gap = 8;
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(Math.max(gap, beside.left - 24), innerWidth - width - gap);
    const above = beside.top - height - gap;
    card.style.left = `${left}px`;
    card.style.top = `${above > gap ? above : beside.bottom + gap}px`;
  }

  function hideCard() {
    clearTimeout(soon);
    card?.remove();
    described?.removeAttribute("aria-describedby");
    card = described = null;
  }

  const marker = (target) => target?.closest?.("a.cite") ?? null;
  const onCard = (target) => Boolean(target?.closest?.("#kai-card"));

  // A mouse may rest on the card to read it; a finger goes straight to the article.
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || onCard(event.target)) { clearTimeout(soon); return; }
    const link = marker(event.target);
    if (link && link === described) clearTimeout(soon);
    else if (link) { clearTimeout(soon); soon = setTimeout(showCard, 90, link); }
    else if (card && described !== document.activeElement) { clearTimeout(soon); soon = setTimeout(hideCard, 160); }
    else clearTimeout(soon);
  });
  document.addEventListener("focusin", (event) => {
    const link = marker(event.target);
    if (link?.matches(":focus-visible")) showCard(link);
    else if (!onCard(event.target)) hideCard();
  });
  document.addEventListener("scroll", () => card && place(described.getClientRects()[0] ?? described.getBoundingClientRect()),
    { capture: true, passive: true });

  // -- keys, and what Gradio changed ---------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card) hideCard();
    else if (event.key === "Escape" && event.target.closest?.("#kai-panel")) back();
    else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  function changed() {
    const turn = one("#kai-current .turn")?.dataset.turn ?? null;
    if (turn !== shownTurn) {
      delete root.dataset.followed;
      hideCard();
    }
    shownTurn = turn;
    const panel = one("#kai-panel .evidence")?.dataset.turn ?? null;
    if (awaited && panel === awaited.turn) {
      const { target } = awaited;
      awaited = null;
      reveal(target);
    } else if (panel !== shownPanel && !narrow()) showFirst();
    if (panel !== shownPanel) tellPlace();
    shownPanel = panel;
  }

  window.kai.links['a:is(.cite, .near, .jump)[href^="#"]'] = follow;
  Object.assign(window.kai.deeds, { back, next: () => step(1), previous: () => step(-1) });
  window.kai.watch.push(changed);
})();
