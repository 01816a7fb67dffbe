// Behaviour of the page that needs no server: marking sources, copying, Ctrl-Enter, what is too much.
(() => {
  const LIMITS = window.summarizeLimits;
  // One box for what the server is not asked, or does not take; it stands where the hand was.
  const tell = (text, after, kind = "error") => {
    document.querySelectorAll(".told").forEach((box) => box.remove());
    if (!text) return;
    const box = Object.assign(document.createElement("div"), { className: `message ${kind} told`, textContent: text });
    box.setAttribute("role", kind === "error" ? "alert" : "status");
    after.after(box);
    if (box.getBoundingClientRect().bottom > innerHeight) box.scrollIntoView({ block: "nearest" });
  };
  window.summarizeTell = tell;
  const seen = (selector) => [...document.querySelectorAll(selector)].find((found) => found.offsetParent !== null);
  // The chosen line, by its place: the server writes the cards anew while another of them grows.
  let chosen = null;
  const lineOf = ({ card, number }) =>
    document.querySelectorAll(`.card[data-summarizer="${card}"] .line`)[number];
  const keepChosen = new MutationObserver(() => {
    const line = chosen && lineOf(chosen);
    if (line?.dataset.sources === chosen?.sources && line?.getAttribute("aria-pressed") === "false") {
      line.setAttribute("aria-pressed", "true");
    }
  });
  const choose = (line) => {
    const card = line.closest(".card"), number = [...card.querySelectorAll(".line")].indexOf(line);
    chosen = { card: card.dataset.summarizer, number, sources: line.dataset.sources };
    const place = line.closest("#briefs");
    if (place) keepChosen.observe(place, { subtree: true, childList: true, attributeFilter: ["aria-pressed"] });
  };
  const clear = () => {
    chosen = null;
    document.querySelectorAll(".sentence.marked").forEach((s) => s.classList.remove("marked"));
    document.querySelectorAll('.line[aria-pressed="true"]').forEach((l) => l.setAttribute("aria-pressed", "false"));
  };
  const say = (text) => document.querySelectorAll(".marked-count").forEach((p) => { p.textContent = text; });
  // Brings a sentence into sight without moving the briefs: the article and its column scroll, not the page.
  const show = (sentence) => {
    const body = sentence.closest(".body"), column = sentence.closest(".given");
    body.scrollTop += sentence.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
    if (column && column.scrollHeight > column.clientHeight) {
      column.scrollTop += body.getBoundingClientRect().top - column.getBoundingClientRect().top - 110;
    }
    const place = sentence.getBoundingClientRect();
    if (place.top < 0 || place.bottom > innerHeight) sentence.scrollIntoView({ block: "nearest" });
  };
  const mark = (line) => {
    const again = line.getAttribute("aria-pressed") === "true";
    clear();
    if (again) { say(""); return; }
    line.setAttribute("aria-pressed", "true");
    choose(line);
    const found = line.dataset.sources.split(",")
      .map((n) => document.getElementById("sentence-" + n)).filter(Boolean);
    found.forEach((s) => s.classList.add("marked"));
    say(found.length + (found.length === 1 ? " source sentence marked" : " source sentences marked"));
    const first = found.sort((a, b) => a.dataset.sentence - b.dataset.sentence)[0];
    if (first) show(first);
  };
  const copy = async (button) => {
    const text = button.dataset.copy;
    try { await navigator.clipboard.writeText(text); } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area); area.select(); document.execCommand("copy"); area.remove();
    }
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const line = target?.closest(".line[data-sources]");
    // Who selects text to copy it has not chosen the line.
    if (line && !String(getSelection())) mark(line);
    if (target?.closest("[data-clear], [data-edit]")) { clear(); say(""); }
    const button = target?.closest("button[data-copy]");
    if (button) copy(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { clear(); say(""); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const run = seen("button.run");
      if (run) { event.preventDefault(); run.click(); }
    }
  }, true);
  // A text far over the limit would freeze the browser for a minute before the server could say so.
  const refuse = (event, data) => {
    const area = event.target instanceof Element ? event.target.closest("textarea, input") : null;
    const text = area && data ? data.getData("text") : "";
    tell("", null);
    if (text.length <= LIMITS.characters) return;
    event.preventDefault();
    const [got, most] = [text.length, LIMITS.characters].map((n) => n.toLocaleString("en"));
    tell(`This text has ${got} characters; the page takes ${most}. It was not pasted. `
      + "Use the command summarize for longer ones.", area.closest(".block") || area);
  };
  document.addEventListener("paste", (event) => refuse(event, event.clipboardData), true);
  document.addEventListener("drop", (event) => refuse(event, event.dataTransfer), true);
  // What the server turns away before anything runs.
  const turnedAway = {
    503: `The queue is full: ${LIMITS.queue} requests are waiting, as many as this server takes. `
      + "Your text and settings are still here; try again in a moment.",
    413: "This is more than the page takes in one request. Use the command summarize for it.",
  };
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const answer = await ask(...request);
    const button = seen("button.run"), why = turnedAway[answer.status];
    if (why && button && String(request[0]?.url ?? request[0]).includes("/queue/join")) {
      begun();
      tell(why, button.parentElement);
    }
    return answer;
  };
  // Until the first sign of a run it waits its turn; one that begins at once says nothing. Each run's outputs
  // bear its number, since the page's elements are changed in place, and may say the same again.
  let timer = 0, before = new Set();
  const numbered = () => [...document.querySelectorAll("[data-run]")].filter((output) => output.offsetParent !== null);
  const fresh = () => numbered().find((output) => !before.has(output.dataset.run));
  const begun = () => { clearTimeout(timer); outputs.disconnect(); tell("", null); };
  const outputs = new MutationObserver(() => {
    if (!fresh()) return;
    if (fresh().closest("#briefs")) document.dispatchEvent(new Event("summarize:cards"));
    begun();
    // The button stands far from where its answer comes; its column has to settle before that can be seen.
    setTimeout(() => {
      const top = fresh()?.getBoundingClientRect().top ?? 0;
      if (top < 0 || top > innerHeight * 0.8) scrollBy(0, top - 12);
    }, 100);
  });
  const waits = (button) => {
    begun();
    chosen = null; // another article may have as many lines
    before = new Set([...document.querySelectorAll("[data-run]")].map((output) => output.dataset.run));
    document.querySelectorAll("#message, #briefs, #story-brief, #rows, #board").forEach((output) => outputs.observe(output,
      { childList: true, subtree: true, attributes: true, attributeFilter: ["data-run"] }));
    timer = setTimeout(() => tell("Waiting for your turn: others are being served.", button.parentElement, "status"), 1500);
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.run, button.halt") : null;
    if (button?.matches(".run")) waits(button);
    if (button?.matches(".halt")) begun();
  });
  // Four at most: with four ticked no fifth can be.
  const bound = () => ["#names", "#evaluated"].forEach((where) => {
    const boxes = [...document.querySelectorAll(`${where} input[type="checkbox"]`)];
    const full = boxes.filter((box) => box.checked).length >= LIMITS.summarizers;
    boxes.forEach((box) => {
      box.disabled = full && !box.checked;
      box.closest("label").title = box.disabled ? `${LIMITS.summarizers} at most: take another away first` : "";
    });
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof Element && event.target.closest("#names, #evaluated")) setTimeout(bound);
  });
  setInterval(bound, 1000); // a link ticks boxes without a word
})();
