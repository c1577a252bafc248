// Shows the diagrams that src/diagram.ts sends.
(function () {
  const editor = acquireVsCodeApi();
  const main = document.querySelector("main");

  // The policy of the page forbids styles inside of the text, so they are taken over one by one.
  function drawing(text) {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const svg = parsed.documentElement;
    if (svg.localName !== "svg") {
      return undefined;
    }
    const sheets = [];
    for (const style of svg.querySelectorAll("style")) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style.textContent);
      sheets.push(sheet);
      style.remove();
    }
    svg.querySelectorAll("script").forEach((it) => it.remove());
    const shown = document.importNode(svg, true);
    document.adoptedStyleSheets = sheets;
    const width = Number.parseFloat(svg.getAttribute("width"));
    // Never larger than it was drawn: text would shout.
    shown.style.maxWidth = width ? `${width}px` : "100%";
    return shown;
  }

  window.addEventListener("message", ({ data }) => {
    const shown = data.svg && drawing(data.svg);
    if (shown) {
      shown.setAttribute("role", "img");
      shown.setAttribute("aria-label", data.title);
      main.replaceChildren(shown);
    } else {
      const text = document.createElement("p");
      text.textContent = data.text ?? "The diagram cannot be shown.";
      main.replaceChildren(text);
    }
    document.body.classList.toggle("empty", !shown);
  });
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => editor.postMessage({ command: button.dataset.command }));
  }
  editor.postMessage({ command: "ready" });
})();
