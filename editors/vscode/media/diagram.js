// Shows the diagrams that src/diagram.ts sends.
(function () {
  const editor = acquireVsCodeApi();
  const main = document.querySelector("main");

  // A drawing asks the system whether it is dark; here the theme of the editor decides.
  function themed() {
    const { classList } = document.body;
    const light = classList.contains("vscode-light") || classList.contains("vscode-high-contrast-light");
    for (const sheet of document.adoptedStyleSheets) {
      for (const rule of sheet.cssRules) {
        if (rule instanceof CSSMediaRule && (rule.dark ??= rule.media.mediaText.includes("dark"))) {
          rule.media.mediaText = light ? "not all" : "all";
        }
      }
    }
  }

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
    themed();
    const width = Number.parseFloat(svg.getAttribute("width"));
    shown.setAttribute("role", "img");
    // Never much larger than it was drawn: text would shout.
    shown.style.maxWidth = width ? `${1.25 * width}px` : "100%";
    return shown;
  }

  window.addEventListener("message", ({ data }) => {
    const shown = data.svg && drawing(data.svg);
    if (shown) {
      main.replaceChildren(shown);
    } else {
      const text = document.createElement("p");
      text.textContent = data.text ?? "The diagram cannot be shown.";
      main.replaceChildren(text);
    }
    document.body.classList.toggle("empty", !shown);
  });
  new MutationObserver(themed).observe(document.body, { attributeFilter: ["class"] });
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => editor.postMessage({ command: button.dataset.command }));
  }
  editor.postMessage({ command: "ready" });
})();
