// podls beside the extension YAML: no fault is told twice. usage: beside.mjs URL FOLDER PICTURES
import { readFile } from "node:fs/promises";
import { open } from "./page.mjs";

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/twice.yaml`, pictures);
const { page } = window;

await window.see("the hint names the schema", ".notification-toast", "Switch off its Kubernetes schema");
await window.picture("hint");
await page.locator(".notification-toast .monaco-button", { hasText: "Switch It Off" }).click();
const settings = () => readFile(`${folder}/.vscode/settings.json`, "utf8");
await window.must("the schema is taken out of the settings", async () => {
  while ((await settings()).includes("kubernetes")) {
    await page.waitForTimeout(100);
  }
});
await window.must("other schemas stay", async () => {
  if (!(await settings()).includes("composer")) {
    throw new Error(await settings());
  }
});

await page.keyboard.press("Control+Shift+M");
const rows = page.locator(".markers-panel .monaco-list-row .marker-message-line");
await window.see("YAML has found its fault", ".markers-panel .monaco-list-row", "Map keys must be unique");
await window.see("podls has found its fault", ".markers-panel .monaco-list-row", "imagee");
await page.waitForTimeout(1000);
await window.must("each fault is told once", async () => {
  const told = await rows.allTextContents();
  const lines = told.map((it) => /Ln (\d+)/.exec(it)[1]);
  if (lines.sort().join() !== "10,17,5") {
    throw new Error(told.join("\n"));
  }
});
await window.picture("beside");
await window.close();
