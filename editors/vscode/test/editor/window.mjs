// Uses the extension as a user does, by mouse and keys. usage: window.mjs URL FILE PICTURES
import { chromium } from "playwright-core";

const [base, file, pictures] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
page.setDefaultTimeout(30000);

async function see(what, selector, text) {
  const found = page.locator(selector, text ? { hasText: text } : {}).first();
  try {
    await found.waitFor();
    console.log(`ok: ${what}`);
  } catch {
    await page.screenshot({ path: `${pictures}/failed.png` });
    console.log(`failed: ${what}, see ${pictures}/failed.png`);
    process.exit(1);
  }
  return found;
}

async function goTo(line, column) {
  await page.locator(".monaco-editor .view-line").first().click();
  await page.keyboard.press("Control+G");
  await page.waitForTimeout(400);
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(600);
}

const picture = (name) => page.screenshot({ path: `${pictures}/${name}.png` });
const payload = JSON.stringify([["openFile", `vscode-remote://${new URL(base).host}${file}`]]);
const folder = file.replace(/\/[^/]*$/, "");
await page.goto(`${base}/?folder=${folder}&payload=${encodeURIComponent(payload)}`);
await see("the fault is underlined", ".squiggly-error");
await page.keyboard.press("Control+B");
await goTo(9, 8);
await picture("findings");

await goTo(11, 40);
await page.keyboard.press("Control+.");
const sidecar = await see("the light bulb offers sidecars", ".action-widget .monaco-list-row", "Add sidecar");
await picture("actions");
await sidecar.click();
await see("the sidecar is there", ".view-line", "log-agent");
await picture("sidecar");
await page.keyboard.press("Control+Z");

await goTo(8, 40);
await page.keyboard.press("Enter");
await page.keyboard.type("re");
await page.keyboard.press("Control+Space");
await see("completion offers restartPolicy", ".suggest-widget.visible .monaco-list-row", "restartPolicy");
await picture("completion");
await page.keyboard.press("Escape");

await page.keyboard.press("F1");
await page.waitForTimeout(500);
await page.keyboard.type("podls add");
await see("the commands are in the palette", ".quick-input-list .monaco-list-row", "Add Sidecar");
await picture("commands");
await browser.close();
