// Marks what cards share and where they differ. Words carry their stems; nothing is asked of the server.
(() => {
  const WORD = "[data-s]", LONGEST = 4e6; // cells of a table for the longest common subsequence
  const near = 0.5; // share of words from which two lines tell the same thing
  const linesOf = (card, part = "") => [...card.querySelectorAll(part ? `.${part} .line` : ".line")];
  const wordsOf = (where) => [...where.querySelectorAll(WORD)];
  const stem = (word) => word.dataset.s;
  const cardsOf = (bar) => [...bar.nextElementSibling.querySelectorAll(".card[data-card]")];

  // The words of one sequence that stand in the same order in the other, and those of the other.
  const common = (one, other) => {
    const width = other.length + 1;
    if (one.length * other.length > LONGEST) return null;
    const table = new Uint16Array((one.length + 1) * width);
    for (let i = one.length - 1; i >= 0; i--) {
      for (let j = other.length - 1; j >= 0; j--) {
        table[i * width + j] = stem(one[i]) === stem(other[j]) ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    const found = [[], []];
    for (let i = 0, j = 0; i < one.length && j < other.length;) {
      if (stem(one[i]) === stem(other[j])) { found[0].push(one[i++]); found[1].push(other[j++]); }
      else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
      else j++;
    }
    return found;
  };
  const content = (line) => wordsOf(line).filter((word) => !("t" in word.dataset));
  const shared = (one, other, keyed) => {
    const [first, second] = [one.flatMap(keyed), other.flatMap(keyed)];
    const keys = [first, second].map((all) => new Set(all.map(([key]) => key)));
    return [first.filter(([key]) => keys[1].has(key)), second.filter(([key]) => keys[0].has(key))]
      .map((all) => [...new Set(all.flatMap(([, words]) => words))]);
  };
  const single = (line) => content(line).map((word) => [stem(word), [word]]);
  const paired = (line) => content(line).slice(1).map((word, n, all) => {
    const before = n ? all[n - 1] : content(line)[0];
    return [`${stem(before)} ${stem(word)}`, [before, word]];
  });

  const alike = (one, other) => {
    const left = new Set(wordsOf(one).map(stem)), right = new Set(wordsOf(other).map(stem));
    const both = [...left].filter((found) => right.has(found)).length;
    return left.size + right.size ? (2 * both) / (left.size + right.size) : 0;
  };
  const markLines = (cards) => {
    const lines = cards.flatMap((card) => linesOf(card).map((line) => ({ card, line, text: wordsOf(line).map(stem).join(" ") })));
    let same = 0;
    for (const { card, line, text } of lines) {
      const others = lines.filter((found) => found.card !== card);
      const twins = [...new Set(others.filter((found) => text && found.text === text).map((found) => found.card.dataset.card))];
      if (twins.length) {
        line.classList.add("shared");
        line.dataset.also = `also in ${twins.join(", ")}`;
        same++;
        continue;
      }
      const [closest] = others.map((found) => [alike(line, found.line), found.line]).sort((a, b) => b[0] - a[0]);
      if (!closest || closest[0] < near) continue;
      const kept = new Set(common(wordsOf(line), wordsOf(closest[1]))?.[0] ?? wordsOf(line));
      wordsOf(line).filter((word) => !kept.has(word)).forEach((word) => word.classList.add("differs"));
    }
    return `${same} of ${lines.length} lines stand in another card too, and are dimmed. Where a line is nearly that of another card, `
      + "the words that the other lacks are marked.";
  };
  const markTwo = (one, other, show, part) => {
    const [first, second] = [one, other].map((card) =>
      linesOf(card, card.dataset.card === "reference" ? "" : part));
    const what = { words: "words", pairs: "words in pairs", lcs: "words in the same order" }[show];
    const found = show === "lcs" ? common(first.flatMap(wordsOf), second.flatMap(wordsOf))
      : shared(first, second, show === "words" ? single : paired);
    if (!found) return "These two are too long for that.";
    found.flat().forEach((word) => word.classList.add("hit"));
    const counted = (lines) => lines.flatMap(show === "lcs" ? wordsOf : content).length;
    const stops = show === "lcs" ? "" : ", stop words left out";
    return [[one, found[0], first], [other, found[1], second]]
      .map(([card, hits, lines]) => `${card.dataset.card}: ${hits.length} of ${counted(lines)}`).join("; ") + ` ${what}${stops}.`;
  };
  const apply = (bar) => {
    const cards = cardsOf(bar), value = (name) => bar.querySelector(`[data-${name}]`).value;
    cards.forEach((card) => {
      card.querySelectorAll(".hit, .differs").forEach((word) => word.classList.remove("hit", "differs"));
      card.querySelectorAll(".line.shared").forEach((line) => { line.classList.remove("shared"); delete line.dataset.also; });
    });
    const show = value("show"), [one, other] = ["one", "other"].map((name) => cards.find((card) => card.dataset.card === value(name)));
    bar.classList.toggle("pair", !["lines", "plain"].includes(show));
    let said = "";
    if (show === "lines") said = markLines(cards.filter((card) => card.dataset.card !== "reference"));
    else if (show !== "plain") said = one === other ? "Choose two different cards." : markTwo(one, other, show, value("part"));
    bar.querySelector(".overlap").textContent = said;
  };
  document.addEventListener("change", (event) => {
    const bar = event.target instanceof Element ? event.target.closest(".comparing") : null;
    if (bar) apply(bar);
  });
  // New cards, or old ones changed in place: the bar's number is another one then.
  let seen = "";
  new MutationObserver(() => {
    const bar = document.querySelector(".comparing");
    if (!bar || bar.dataset.made === seen || !bar.nextElementSibling) return;
    seen = bar.dataset.made;
    apply(bar);
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-made"] });
})();
