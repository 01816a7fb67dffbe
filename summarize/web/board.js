// The report's browser of examples inside the page: the report is in its download link, and is shown in a frame of
// its own, which may run its script and touches nothing of the page.
(() => {
  const ALONE = "<style>body { margin-top: 0 } main > :not(h1, #browse) { display: none }</style></head>";
  document.addEventListener("toggle", (event) => {
    const place = event.target instanceof Element ? event.target.closest("details.browse") : null;
    if (!place?.open || place.querySelector("iframe")) return;
    const link = place.closest(".board").querySelector('a[download="report.html"]').href;
    const bytes = Uint8Array.from(atob(link.slice(link.indexOf(",") + 1)), (one) => one.charCodeAt(0));
    const frame = Object.assign(document.createElement("iframe"), { title: "Examples, article by article" });
    frame.sandbox.add("allow-scripts");
    // The report follows the system's colours, the page may be told others.
    const dark = Boolean(document.querySelector(".dark"));
    frame.srcdoc = new TextDecoder().decode(bytes).replace("</head>", ALONE)
      .replace("(prefers-color-scheme: dark)", dark ? "all" : "not all");
    frame.style.colorScheme = dark ? "dark" : "light";
    place.append(frame);
  }, true);
})();
