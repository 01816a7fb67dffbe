// Blind votes: asks for a pair, lays it out, sends what is chosen. All text is set as text, never as HTML.
(() => {
  const CHOICES = ["left", "right", "both", "neither"];
  const LABELS = { left: "Left", right: "Right", both: "Both", neither: "Neither" };
  const root = () => (window.gradio_config?.root ?? "").replace(/\/$/, "");
  const place = () => document.querySelector("#vote");
  const part = (name) => place().querySelector(`[data-${name}]`);
  let shown = null, busy = false;

  // A random name that says nothing of the person; without storage it lasts as long as the page.
  let remembered = "";
  const voter = () => {
    try { remembered ||= localStorage.getItem("summarize-voter") ?? ""; } catch { /* no storage here */ }
    if (!remembered) {
      remembered = [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
      try { localStorage.setItem("summarize-voter", remembered); } catch { /* no storage here */ }
    }
    return remembered;
  };
  const make = (tag, values = {}, ...children) => {
    const { data = {}, ...rest } = values, made = Object.assign(document.createElement(tag), rest);
    Object.assign(made.dataset, data);
    made.append(...children);
    return made;
  };
  const say = (text) => { part("said").textContent = text; };
  const fail = (text) => {
    const box = make("div", { className: "message error", textContent: text });
    box.setAttribute("role", "alert");
    part("failure").replaceChildren(box);
  };
  const ask = async (path, body) => {
    let answer;
    try {
      answer = await fetch(`${root()}/votes/${path}`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ voter: voter(), ...body }),
      });
    } catch {
      throw new Error("The server cannot be reached. What was confirmed is kept; try again when it is back.");
    }
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(found.detail ?? `The server answered ${answer.status}.`);
    return found;
  };

  const side = (lines, name, which) => {
    const list = lines.map((line) => make(name === "bullets" ? "li" : "p", { textContent: line, dir: "auto" }));
    const body = name === "bullets" ? make("ul", {}, ...list) : make("div", {}, ...list);
    if (!lines.length) body.append(make("p", { className: "none", textContent: "(nothing)" }));
    body.lang = shown.language;
    return make("div", { className: `side ${which}` }, make("p", { className: "which", textContent: LABELS[which] }), body);
  };
  const question = ({ part: name, title, left, right, choice }) => {
    const buttons = CHOICES.map((one, number) => {
      const key = make("kbd", { textContent: String(number + 1) });
      key.setAttribute("aria-hidden", "true");
      const button = make("button", { type: "button", className: "choice", data: { part: name, choice: one } },
        key, ` ${LABELS[one]}`);
      button.setAttribute("aria-label", `${title}: ${LABELS[one]}`);
      button.setAttribute("aria-pressed", String(choice === one));
      return button;
    });
    const group = make("div", { className: "choices" }, ...buttons);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", `${title}: which is better?`);
    const found = make("section", { className: `question ${name}`, data: { question: name } },
      make("h2", { textContent: title }),
      make("div", { className: "sides" }, side(left, name, "left"), side(right, name, "right")), group);
    found.setAttribute("aria-label", title);
    return found;
  };
  const open = () => [...place().querySelectorAll("[data-question]")]
    .find((found) => !found.querySelector('[aria-pressed="true"]'));
  const point = () => {
    place().querySelectorAll(".question.now").forEach((found) => found.classList.remove("now"));
    open()?.classList.add("now");
  };
  const lay = (pair) => {
    shown = pair;
    part("failure").replaceChildren();
    const words = pair.article.map((text) => make("p", { textContent: text, dir: "auto" }));
    const text = make("div", { className: "body", lang: pair.language, tabIndex: 0 }, ...words);
    text.setAttribute("role", "region");
    text.setAttribute("aria-label", "The article");
    const article = make("details", { className: "voted-article" },
      make("summary", { textContent: pair.title ? `The article: ${pair.title}` : "The article" }), text);
    const names = make("div", { className: "names", data: { names: "" } });
    part("pair").replaceChildren(article, ...pair.parts.map(question), names);
    point();
    say("Two briefs of one article. Which is better?");
  };
  const reveal = (names) => {
    const next = make("button", { type: "button", className: "tool next", textContent: "Next pair (Enter)", data: { next: "" } });
    const told = ["left", "right"].map((which) =>
      make("p", {}, make("b", { textContent: `${LABELS[which]}: ${names[which]}` }),
        make("small", { textContent: ` ${names[`${which}_signature`]}` })));
    part("names").replaceChildren(...told, next);
    place().querySelectorAll(".choice").forEach((button) => { button.disabled = true; });
    ["left", "right"].forEach((which) => place().querySelectorAll(`.side.${which} .which`)
      .forEach((label) => { label.textContent = `${LABELS[which]}: ${names[which]}`; }));
    say(`Left was ${names.left}, right was ${names.right}.`);
    next.focus({ preventScroll: true });
    part("names").scrollIntoView({ block: "nearest" });
    board();
  };
  const next = async (body = {}) => {
    if (busy) return;
    busy = true;
    say("Writing two briefs…");
    try {
      const found = await ask("next", body);
      if (found.done) {
        shown = null;
        part("pair").replaceChildren(make("p", { className: "done", textContent:
          `You have judged all there is to judge here. Thank you. ${found.problem}`.trim() }));
        say("");
      } else lay(found);
    } catch (error) { say(""); fail(error.message); }
    busy = false;
  };
  const cast = async (button) => {
    if (!button || button.disabled) return;
    const { part: name, choice } = button.dataset;
    try {
      const { choices, names } = await ask("cast", { ballot: shown.ballot, part: name, choice });
      part("failure").replaceChildren();
      place().querySelectorAll(".choice").forEach((one) =>
        one.setAttribute("aria-pressed", String(choices[one.dataset.part] === one.dataset.choice)));
      point();
      if (names) reveal(names);
      else {
        const rest = open();
        say(`Kept: ${LABELS[choice]}. Now: ${rest?.getAttribute("aria-label") ?? ""}`);
        rest?.scrollIntoView({ block: "nearest" });
      }
    } catch (error) { fail(error.message); }
  };
  // Fast hands are not lost: choices wait for one another, and each is for the part that is next by then.
  let choosing = Promise.resolve();
  const choose = (find) => {
    const pair = shown?.ballot;
    choosing = choosing.then(() => (!busy && shown?.ballot === pair ? cast(find()) : undefined));
  };
  const board = async () => {
    const folded = place().querySelector("details[data-standings]");
    if (!folded.open) return;
    const answer = await fetch(`${root()}/votes/board`).catch(() => null);
    if (answer?.ok) part("board").innerHTML = await answer.text(); // the server's own HTML, with everything escaped
  };
  const own = () => {
    const text = document.querySelector("#article textarea")?.value ?? "";
    const names = [...document.querySelectorAll("#names input:checked")].map((box) => box.closest("label").textContent.trim());
    if (!text.trim()) { fail("There is no article in the tab Compare yet: paste one there, or take an example."); return; }
    next({ text, names });
  };

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("#vote button") : null;
    if (target?.matches(".choice")) choose(() => target);
    if (target?.matches("[data-next]")) next();
    if (target?.matches("[data-own]")) own();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !shown || place()?.offsetParent === null) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable=true]")) return;
    const choice = CHOICES[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choose(() => open()?.querySelector(`[data-choice="${choice}"]`));
  });
  // The first pair is asked for when the tab is first looked at: it costs the server two briefs.
  const begin = (found) => {
    const sight = new IntersectionObserver((all) => {
      if (!all.some((one) => one.isIntersecting)) return;
      sight.disconnect();
      found.querySelectorAll("a[data-export]").forEach((link) => { link.href = `${root()}/votes/${link.dataset.export}`; });
      found.querySelector("details[data-standings]").addEventListener("toggle", board);
      next();
    });
    sight.observe(found);
  };
  const begun = new WeakSet();
  new MutationObserver(() => {
    const found = place();
    if (!found || begun.has(found)) return;
    begun.add(found);
    begin(found);
  }).observe(document, { childList: true, subtree: true });
})();
