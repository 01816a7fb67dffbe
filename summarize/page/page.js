// Behaviour of the page that needs no server: marking sources, copying, Ctrl-Enter.
(() => {
  const clear = () => {
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
    if (target?.closest("[data-clear]")) { clear(); say(""); }
    const button = target?.closest("button[data-copy]");
    if (button) copy(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { clear(); say(""); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const run = [...document.querySelectorAll("button.run")].find((b) => b.offsetParent !== null);
      if (run) { event.preventDefault(); run.click(); }
    }
  }, true);
})();
