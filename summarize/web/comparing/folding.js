// The article's box folds into the marked article once a run has begun, and opens again where it is to be edited.
(() => {
  const state = document.documentElement.dataset;
  const area = () => document.querySelector("#article textarea");
  let asked = null;
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("#run")) asked = area().value;
    if (target?.closest("[data-edit]")) { state.article = "edited"; area().focus(); }
  });
  document.addEventListener("summarize:cards", () => {
    if (asked === null || area().value !== asked) return; // somebody is writing already
    const hadFocus = document.activeElement === area();
    state.article = "marked";
    // The article comes with the first cards, and may come after them.
    if (hadFocus) setTimeout(() => document.querySelector("#source [data-edit]")?.focus(), 100);
  });
})();
