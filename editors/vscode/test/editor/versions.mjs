// Chooses another Kubernetes version by the language status. usage: versions.mjs URL FOLDER PICTURES
import { readFile } from "node:fs/promises";
import { open } from "./page.mjs";

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/versions.yaml`, pictures);
const { page } = window;
const SQUIGGLE = ".squiggly-error";

/** Opens the list by a click on *Change Version* in the language status. */
async function changeVersion(now) {
  const status = page.locator(".statusbar-item [aria-label*='Editor Language Status']").first();
  const all = page.locator(".hover-language-status");
  const item = all.locator("> div", { hasText: `Kubernetes ${now}` }).first();
  const list = page.locator(".quick-input-list .monaco-list-row", { hasText: "1.30" });
  await window.must(`the language status says ${now} and leads to the versions`, () =>
    window.patiently(async () => {
      // A status that is shown does not change, and it may go away at any time.
      await page.keyboard.press("Escape");
      await page.locator(".view-line").first().click({ timeout: 5000 });
      await all.first().waitFor({ state: "hidden", timeout: 5000 });
      await status.hover({ timeout: 5000 });
      await item.locator("a, .monaco-button", { hasText: "Change Version" }).first().click({ timeout: 5000 });
      await list.first().waitFor({ timeout: 5000 });
    }),
  );
}

async function choose(version) {
  await window.search().fill(version);
  await window.see(`${version} is there`, ".quick-input-list .monaco-list-row.focused", version);
  await page.keyboard.press("Enter");
}

await window.see("podls has read the manifest", ".breadcrumbs-control", "Pod versions");
await changeVersion("1.36");
await window.picture("versions");
await window.miss("the field is not too new for the default", SQUIGGLE);
await choose("1.30");
await window.see("it is too new for 1.30", SQUIGGLE);
await window.picture("version-chosen");
await window.must("the choice is a setting of the workspace", async () => {
  const settings = await readFile(`${folder}/.vscode/settings.json`, "utf8");
  if (JSON.parse(settings)["podls.kubernetesVersion"] !== "1.30") {
    throw new Error(settings);
  }
});
await changeVersion("1.30");
await choose("podls' default");
await window.miss("it may be there again", SQUIGGLE);

await window.goTo(1, 1);
await page.keyboard.type("# podls: kubernetes 1.31\n");
await window.see("a comment goes first", SQUIGGLE);
await changeVersion("1.31");
await window.see("the list names the comment", ".quick-input-widget input[placeholder*='versions.yaml says 1.31']");
await choose("1.36");
await window.see("the comment is changed", ".view-line", "kubernetes 1.36");
await window.miss("the field may be there", SQUIGGLE);
await window.run("File: Revert File");
await window.close();
