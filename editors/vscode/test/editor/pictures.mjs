// Takes the pictures of the READMEs. usage: pictures.mjs URL FOLDER PICTURES
import { open } from "./page.mjs";

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/faulty.yaml`, pictures, { width: 900, height: 600 });
const { page } = window;
await window.see("the faults are underlined", ".squiggly-error");
await page.keyboard.press("Control+B");

await page.locator(".view-line", { hasText: "readinessProbe" }).first().hover({ position: { x: 90, y: 9 } });
await window.see("a message", ".monaco-hover", "readinessProbe");
await window.picture("findings");

await window.openFile("init.yaml");
await window.goTo(13, 9);
await page.keyboard.press("Shift+End");
await page.keyboard.type("re");
await page.keyboard.press("Control+Space");
await window.see("completion", ".suggest-widget.visible .monaco-list-row", "restartPolicy");
for (let rows = 0; rows < 10; rows++) {
  const label = await page.locator(".suggest-widget .monaco-list-row.focused").first().getAttribute("aria-label");
  if (/^restartPolicy(,|$)/.test(label ?? "")) {
    break;
  }
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(150);
}
await page.keyboard.press("Control+Space");
await window.picture("completion");
await page.keyboard.press("Escape");
await window.run("File: Revert File");

await window.openFile("web.yaml");
await window.goTo(7, 11);
await page.keyboard.press("Control+.");
await window.see("the menu", ".action-widget .monaco-list-row", "Add sidecar");
await window.picture("actions");
await page.keyboard.press("Escape");

await window.run("podls: Add Sidecar, Adapter, Ambassador, Proxy or Init Container");
await window.search().fill("log agent");
await window.see("the preview", ".monaco-diff-editor .line-insert");
await window.picture("preview");
await page.keyboard.press("Escape");
await window.miss("the preview goes", ".monaco-diff-editor");

await window.openFile("shop.yaml");
await window.goTo(15, 9);
await window.run("podls: Show Pod Diagram");
await window.see("the diagram", "svg", "log-agent", window.webview());
await window.picture("diagram-beside");
await window.close();
