// A workspace that is not trusted, and names a program of its own. usage: restricted.mjs URL FOLDER PICTURES
// The program, when it is started, writes FOLDER/started.
import { access } from "node:fs/promises";
import { open } from "./page.mjs";

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/pod.yaml`, pictures);
const { page } = window;
const started = () => access(`${folder}/started`).then(() => true, () => false);

await window.see("the workspace is restricted", ".statusbar-item", "Restricted Mode");
await window.see("there are findings", ".squiggly-error");
await window.goTo(8, 24);
await page.keyboard.press("Enter");
await page.keyboard.type("re");
await window.complete("there is completion", "restartPolicy");
await page.keyboard.press("Escape");
await window.run("File: Revert File");
await window.run("podls: Restart Server");
await window.see("a server that was started again has findings", ".squiggly-error");
await page.waitForTimeout(2000);
await window.must("the workspace's program is not started", async () => {
  if (await started()) {
    throw new Error("it was started");
  }
});
await window.picture("restricted");

await window.run("Workspaces: Manage Workspace Trust");
await window.see("what podls does without trust is told", ".workspace-trust-editor");
await window.picture("trust");
await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust/ }).first().click();
await window.must("once it is trusted, it is", async () => {
  await window.patiently(async () => {
    await page.waitForTimeout(500);
    if (!(await started())) {
      throw new Error("it was not started");
    }
  }, 40);
});
await page.keyboard.press("Escape");
await window.see("there are findings from it", ".squiggly-error");
await window.close();
