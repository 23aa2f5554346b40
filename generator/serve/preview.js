// What a page of the preview has and a published one has not: it follows the site's changes and shows what is wrong.
(() => {
  "use strict";

  const MOST = 20; // messages in the panel; all of them are at /__messages
  const state = { ...document.currentScript.dataset }; // generation, page, rest: see serve/preview.h
  const place = `pamphlet-preview:${location.pathname}`;
  let shown = null; // the messages that the panel has, or that were put aside
  let source = null;

  // --- the page ---

  function reload() {
    sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    location.reload();
  }

  function restorePlace() {
    const saved = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (!saved) return;
    const [left, top] = JSON.parse(saved);
    const restore = () => scrollTo({ left, top, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }

  // Each new style sheet takes over when it is there, so that the page is never seen without.
  function swapStyles(fresh) {
    const sheets = (from) => [...from.querySelectorAll("link[rel~=stylesheet]")];
    const after = sheets(fresh);
    sheets(document).forEach((old, index) => {
      if (!after[index] || old.getAttribute("href") === after[index].getAttribute("href")) return;
      const next = document.importNode(after[index]);
      next.addEventListener("load", () => old.remove());
      next.addEventListener("error", () => old.remove());
      old.after(next);
    });
  }

  async function refresh(now) {
    const response = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" }, cache: "no-store" });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const script = fresh.querySelector("script[data-generation]");
    if (!script) return reload();
    const next = script.dataset;
    const files = now.files > Number(state.generation);
    if (files || next.rest !== state.rest) return reload();
    if (next.page !== state.page) swapStyles(fresh);
    Object.assign(state, next);
  }

  // --- the panel ---

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  function panelHost() {
    let host = document.getElementById("pamphlet-preview");
    if (host) return host;
    host = make("div");
    host.id = "pamphlet-preview";
    const root = host.attachShadow({ mode: "open" });
    const style = make("link");
    style.rel = "stylesheet";
    style.href = "/__preview.css";
    root.append(style, make("section"));
    root.lastChild.setAttribute("role", "status");
    root.lastChild.setAttribute("aria-label", "Mistakes in the site");
    document.body.append(host);
    return host;
  }

  function describe(message) {
    const item = make("li", "", message.severity);
    item.append(make("p", message.message, "what"));
    item.append(make("p", message.line ? `${message.file}, line ${message.line}` : message.file, "place"));
    if (message.source) {
      const source = make("pre", message.source);
      source.tabIndex = 0;
      source.dir = "auto";
      item.append(source);
    }
    if (message.hint) item.append(make("p", message.hint, "hint"));
    return item;
  }

  function fillPanel(section, now, errors) {
    const title = make("h2", errors.length === 1 ? "1 mistake" : `${errors.length} mistakes`);
    const hide = make("button", "Hide");
    hide.type = "button";
    hide.addEventListener("click", () => section.replaceChildren());
    const head = make("div", "", "head");
    head.append(title, hide);
    const list = make("ol", "", "messages");
    list.append(...errors.slice(0, MOST).map(describe));
    const more = make("p", "A page with a mistake is shown as it was when it was last right. ");
    const link = make("a", errors.length > MOST || now.warnings ? "All messages" : "Messages");
    link.href = "/__messages";
    more.append(link);
    section.replaceChildren(head, list, more);
  }

  async function showMessages(now) {
    if (now.messages === shown) return;
    shown = now.messages;
    if (!now.errors) {
      document.getElementById("pamphlet-preview")?.remove();
      return;
    }
    const said = await (await fetch("/__messages?format=json", { cache: "no-store" })).json();
    if (shown !== now.messages) return;
    const errors = said.diagnostics.filter((message) => message.severity === "error");
    fillPanel(panelHost().shadowRoot.querySelector("section"), now, errors);
  }

  // --- following the site ---

  let busy = Promise.resolve();
  function take(event) {
    const now = JSON.parse(event.data);
    busy = busy.then(async () => {
      if (now.generation > Number(state.generation)) await refresh(now);
      if (!document.body.classList.contains("own")) await showMessages(now);
      else if (shown !== null && shown !== now.messages) reload();
      shown = now.messages;
    }).catch(() => {}); // the server has gone; the next event tells of it
  }

  // A browser has six connections to a server, and a tab that nobody sees needs none.
  function follow() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/__events");
      source.addEventListener("message", take);
    }
  }

  restorePlace();
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    source = null;
    follow();
  });
  follow();
})();
