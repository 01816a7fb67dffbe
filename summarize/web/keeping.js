// What a browser keeps of its own runs: the address holds the last one, so that reload and Back show it again, and
// a list the last few. The article stands in the part of an address that no server is sent.
(() => {
  const KEY = "summarize-runs", MOST = 12, LONGEST = 60000; // runs; characters of an address
  const MARK = "#article=";
  const area = () => document.querySelector("#article textarea");
  const through = (bytes, stream) => new Blob([bytes]).stream().pipeThrough(stream);
  const squeeze = async (text) => {
    const squeezed = through(text, new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(squeezed).arrayBuffer());
    let letters = "";
    bytes.forEach((byte) => { letters += String.fromCharCode(byte); });
    return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  // Whoever made the link may have made it small and its text endless.
  const expand = async (code) => {
    const letters = atob(code.replace(/-/g, "+").replace(/_/g, "/"));
    const reader = through(Uint8Array.from(letters, (one) => one.charCodeAt(0)), new DecompressionStream("deflate-raw"))
      .pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
    let text = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += part.value;
      if (text.length > window.summarizeLimits.characters) throw new Error("too long");
    }
    return text;
  };
  const runs = () => { try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; } };
  const store = (found) => { try { localStorage.setItem(KEY, JSON.stringify(found)); } catch { /* it keeps nothing */ } };
  const list = () => {
    const place = document.querySelector("#history details");
    if (!place) return;
    const found = runs();
    place.hidden = !found.length;
    place.querySelector("ol").replaceChildren(...found.map((run) => {
      const link = Object.assign(document.createElement("a"), { href: run.url, textContent: run.title });
      const item = document.createElement("li");
      item.append(link, ` ${run.names}, ${new Date(run.when).toLocaleString()}`);
      return item;
    }));
  };
  const address = async (text) => {
    const query = new URLSearchParams(document.querySelector("#link a")?.getAttribute("href") ?? "");
    const theme = new URLSearchParams(location.search).get("__theme");
    if (theme) query.set("__theme", theme);
    const code = await squeeze(text);
    return { names: query.get("summarizers") ?? "", url: code.length > LONGEST ? "" : `${location.pathname}?${query}${MARK}${code}` };
  };
  const keep = async (text) => {
    const { names, url } = await address(text);
    if (!url) return;
    history.replaceState(history.state, "", url);
    const title = text.trim().slice(0, 70);
    store([{ url, title, names, when: Date.now() }, ...runs().filter((run) => run.url !== url)].slice(0, MOST));
    list();
  };
  const copy = async (button, url) => {
    await navigator.clipboard.writeText(new URL(url, location.href).href);
    const before = button.textContent;
    button.textContent = "Link copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  let asked = "", shown = "", made = "";
  const watch = new MutationObserver(() => {
    const cards = document.querySelector('#briefs .cards[aria-busy="false"]');
    const number = cards?.closest("[data-run]")?.dataset.run;
    if (!asked || !number || number === shown) return;
    [shown, made, asked] = [number, asked, ""];
    keep(made);
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("#run")) {
      asked = area().value;
      watch.observe(document.querySelector("#briefs"), { childList: true, subtree: true, attributes: true });
    }
    const settings = target?.closest("#link a"), share = target?.closest("#link [data-share]");
    // A click that asks for a new window or tab is the browser's.
    if (settings && navigator.clipboard && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault();
      copy(settings, settings.getAttribute("href"));
    }
    if (share) {
      address(made || area().value).then(({ url }) => (url ? copy(share, url)
        : window.summarizeTell("This article is too long for a link. Link to the settings, and send the text.", share)));
    }
    if (target?.closest("#history [data-forget]")) { store([]); list(); }
  });
  // The settings in the address are there before its article is summarized with them.
  const restore = async () => {
    if (!location.hash.startsWith(MARK)) return;
    const text = await expand(location.hash.slice(MARK.length)).catch(() => null);
    for (let tries = 0; tries < 600 && !document.documentElement.dataset.settings; tries++) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
    if (area()?.value !== "") return; // somebody has begun to write
    if (text === null) {
      window.summarizeTell("The article in this link cannot be read: the link is not whole.", document.querySelector("#article"));
      return;
    }
    area().value = text;
    area().dispatchEvent(new Event("input", { bubbles: true }));
    setTimeout(() => document.querySelector("#run").click(), 100);
  };
  addEventListener("hashchange", () => location.reload());
  const begin = new MutationObserver(() => { if (document.querySelector("#history details")) { begin.disconnect(); list(); } });
  begin.observe(document.documentElement, { childList: true, subtree: true });
  restore();
})();
