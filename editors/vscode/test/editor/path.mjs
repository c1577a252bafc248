// The setting names a program that is not there, and is corrected. usage: path.mjs URL FOLDER PICTURES
import { readFile, writeFile } from "node:fs/promises";
import { open } from "./page.mjs";

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/pod.yaml`, pictures);
const { page } = window;

await window.see("the wrong path is told", ".notification-toast", "/nowhere/podls");
await window.picture("path");
await window.must("once", async () => {
  if ((await page.locator(".notification-toast").count()) !== 1) {
    throw new Error("there are several messages");
  }
});
await window.miss("there is no finding", ".squiggly-error");
await page.locator(".notification-toast .monaco-button", { hasText: "Open Settings" }).click();
await window.see("it leads to the setting", ".settings-editor", "The podls program to start");
await window.picture("path-setting");
const settings = `${folder}/.vscode/settings.json`;
await window.must("the path is corrected", async () => {
  await writeFile(settings, (await readFile(settings, "utf8")).replace("/nowhere/podls", process.env.PODLS));
});
await window.openFile("pod.yaml");
await window.see("there are findings", ".squiggly-error");
await window.close();
