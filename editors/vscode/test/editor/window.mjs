// Uses the extension as a user does, by mouse and keys. usage: window.mjs URL FOLDER PICTURES
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { open } from "./page.mjs";

/** Waits until what a file holds matches `text`. */
async function written(file, text) {
  for (let tries = 0; tries < 100; tries++) {
    const found = await readFile(file, "utf8").catch(() => "");
    if (text.test(found)) {
      return;
    }
    await pause(100);
  }
  throw new Error(`${file} does not hold ${text}`);
}

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/pod.yaml`, pictures);
const { page } = window;
await window.see("the fault is underlined", ".squiggly-error");
await page.keyboard.press("Control+B");
await page.locator(".monaco-editor .view-line").first().click();
await window.goTo(9, 8);
await window.picture("findings");

await window.goTo(11, 11);
const sidecar = await window.call(
  "the light bulb offers sidecars", "Control+.", ".action-widget .monaco-list-row", "Add sidecar");
await window.picture("actions");
await sidecar.click();
await window.search().fill("Fluent Bit");
await window.see("they are in a list, with a preview", ".monaco-diff-editor .line-insert");
await page.keyboard.press("Enter");
await window.miss("the preview goes when one is chosen", ".monaco-diff-editor");
await window.see("the sidecar is there", ".view-line", "log-agent");
await window.see("a place to fill in is marked", ".snippet-placeholder");
await window.picture("sidecar");
await page.keyboard.type("/srv/logs");
await page.keyboard.press("Control+S");
await window.must("it is filled in on both sides", () =>
  written(`${folder}/pod.yaml`, /path=\/srv\/logs\/[^]*mountPath: \/srv\/logs\n[^]*mountPath: \/srv\/logs\n/));
await page.keyboard.press("Control+Z");
await page.keyboard.press("Control+Z");
await window.miss("and can be undone", ".view-line", "log-agent");

await window.goTo(8, 24);
await page.keyboard.press("Enter");
await page.keyboard.type("re");
await window.complete("completion offers restartPolicy", "restartPolicy");
await window.picture("completion");
await page.keyboard.press("Escape");
await page.keyboard.press("Escape");

await window.run("File: Revert File");
await window.openFile("shop.yaml");
await window.goTo(21, 11);
await window.run("podls: Add Sidecar, Adapter, Ambassador, Proxy or Init Container");
const search = window.search();
await window.see("the list has sections", ".quick-input-list", "sidecars");
await search.fill("git-sync");
await window.see("the preview shows the edit", ".monaco-diff-editor .line-insert");
await window.see("with the container", ".monaco-diff-editor .editor.modified .view-line", "git-sync");
await window.picture("preview");
await page.keyboard.press("Escape");
await window.miss("the preview goes away", ".monaco-diff-editor");
await window.miss("nothing was changed", ".tab.active.dirty");
await window.run("podls: Add Sidecar, Adapter, Ambassador, Proxy or Init Container");
await search.fill("git-sync");
await window.see("the preview comes again", ".monaco-diff-editor .line-insert");
await page.keyboard.press("Enter");
await window.miss("it goes when the edit is chosen", ".monaco-diff-editor");
await window.see("the edit is made", ".view-line", "git-sync");
await window.see("its first place is marked", ".snippet-placeholder");
await page.keyboard.type("https://git.example.org/pages.git");
await page.keyboard.press("Tab");
await page.keyboard.type("draft");
await window.see("places are filled in", ".view-line", "--repo=https://git.example.org/pages.git");
await window.see("one after the other", ".view-line", "--ref=draft");
await window.picture("places");
await window.run("File: Revert File");
await window.miss("it can be taken back", ".view-line", "git-sync");

await window.goTo(21, 11);
await window.run("podls: Show Pod Diagram");
const view = window.webview();
await window.see("the diagram is beside the editor", "svg", undefined, view);
await window.see("it names the sidecar", "svg", "log-agent", view);
await window.picture("diagram");
await window.goTo(45, 9);
await window.see("it follows the cursor", "svg", "backup", view);
await window.goTo(20, 9);
await window.see("it comes back", "svg", "log-agent", view);
await view.locator("button", { hasText: "Save SVG" }).click();
const save = await window.see("it can be saved", ".quick-input-widget .monaco-button", "OK");
await save.click();
await window.must("the file holds the diagram", () => written(`${folder}/shop.svg`, /log-agent/));
await window.run("Preferences: Color Theme");
await search.fill("Dark High Contrast");
await page.keyboard.press("Enter");
await window.picture("diagram-high-contrast");
await page.locator(".tab", { hasText: "shop" }).first().click();

await page.locator(".statusbar-item [aria-label*='Editor Language Status']").first().hover();
await window.see("the status names the kind", ".hover-language-status", "Deployment, Kubernetes 1.36");
await window.see("and what was found", ".hover-language-status", "no findings");
await window.picture("status");

await window.openFile("shifted.yaml");
await window.run("podls: Repair Indentation");
await window.miss("the indentation is repaired", ".squiggly-error");
await window.picture("repaired");
await window.close();
