// Has VS Code run a test in its extension host. usage: host.mjs URL EXTENSION TEST FOLDER
import { chromium } from "playwright-core";

const [base, extension, test, folder] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const ended = new Promise((resolve) => {
  void page.exposeFunction("codeAutomationExit", resolve);
  void page.exposeFunction("codeAutomationLog", (_, args) => {
    const line = args.join(" ");
    if (/^(ok|failed|Error|AssertionError)\b/.test(line)) {
      console.log(line);
    }
  });
});
// A built VS Code heeds `extensionTestsPath` with this option only.
await page.addInitScript(() => {
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function (name) {
    const value = original.call(this, name);
    if (name !== "data-settings" || this.id !== "vscode-workbench-web-configuration") {
      return value;
    }
    const settings = JSON.parse(value);
    settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
    return JSON.stringify(settings);
  };
});
const remote = (path) => `vscode-remote://${new URL(base).host}${path}`;
const payload = JSON.stringify([
  ["extensionDevelopmentPath", remote(extension)],
  ["extensionTestsPath", remote(test)],
  ["enableProposedApi", ""],
  ["skipWelcome", "true"],
]);
await page.goto(`${base}/?folder=${folder}&payload=${encodeURIComponent(payload)}`);
const limit = new Promise((resolve) => setTimeout(() => resolve("timeout"), 150000));
const code = await Promise.race([ended, limit]);
if (code !== 0) {
  console.log(`failed: the extension host ends with ${code}`);
}
await browser.close();
process.exit(code === 0 ? 0 : 1);
