// What the tests do with the window of VS Code, by mouse and keys.
import { basename } from "node:path";
import { chromium } from "playwright-core";

/** Opens VS Code at `file`; pictures go into the folder `pictures`. */
export async function open(base, file, pictures, size = { width: 1000, height: 700 }) {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(30000);
  const window = new Window(browser, page, pictures);
  const folder = file.replace(/\/[^/]*$/, "");
  const payload = [["openFile", `vscode-remote://${new URL(base).host}${file}`]];
  await page.goto(`${base}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  await window.see("the manifest is open", ".monaco-editor .view-line");
  return window;
}

class Window {
  constructor(browser, page, pictures) {
    Object.assign(this, { browser, page, pictures });
    // Any other step that fails.
    process.on("uncaughtException", (error) => void this.end("a step of the test", error));
  }

  async end(what, error) {
    const picture = `failed-${basename(process.argv[1], ".mjs")}`;
    await this.picture(picture).catch(() => undefined);
    console.log(`failed: ${what}, see ${this.pictures}/${picture}.png\n${error.stack}`);
    process.exit(1);
  }

  /** Ends the test well, unless VS Code has told of an error meanwhile. */
  async close() {
    const errors = this.page.locator(".notification-toast", { has: this.page.locator(".codicon-error") });
    const told = await errors.allTextContents();
    if (told.length > 0) {
      await this.end("VS Code tells of no error", new Error(told.join("\n")));
    }
    await this.browser.close();
  }

  /** Waits for an element, in a frame if that is given; ends the test if it does not come. */
  async see(what, selector, text, inside = this.page) {
    const found = inside.locator(selector, text ? { hasText: text } : {}).first();
    await this.must(what, () => found.waitFor());
    return found;
  }

  /** Waits until no such element is left. */
  async miss(what, selector, text) {
    const found = this.page.locator(selector, text ? { hasText: text } : {}).first();
    await this.must(what, () => found.waitFor({ state: "hidden" }));
  }

  /** Presses a key until an element comes: what the key asks for may not be ready yet. */
  async call(what, key, selector, text) {
    const found = this.page.locator(selector, text ? { hasText: text } : {}).first();
    await this.must(what, () =>
      this.patiently(async () => {
        await this.page.keyboard.press(key);
        await found.waitFor({ timeout: 8000 }).catch(async (error) => {
          await this.page.keyboard.press("Escape");
          throw error;
        });
      }),
    );
    return found;
  }

  /** Asks for completion, and waits for an item. */
  async complete(what, label) {
    const row = ".suggest-widget.visible .monaco-list-row";
    return this.call(what, "Control+Space", `${row}[aria-label^="${label},"], ${row}[aria-label="${label}"]`);
  }

  /** Takes a step again until nothing goes wrong in it. */
  async patiently(step, tries = 8) {
    for (let left = tries; ; left--) {
      try {
        return await step();
      } catch (error) {
        if (left <= 1) {
          throw error;
        }
      }
    }
  }

  async must(what, step) {
    try {
      const value = await step();
      console.log(`ok: ${what}`);
      return value;
    } catch (error) {
      await this.end(what, error);
    }
  }

  /** Chooses the command with this title from the palette. */
  async run(title) {
    await this.choose("F1", `>${title}`, title);
  }

  async openFile(name) {
    await this.choose("Control+P", name, name);
    await this.page.locator(".tab.active", { hasText: name }).first().waitFor();
  }

  /** The input of the list at the top. */
  search() {
    return this.page.locator(".quick-input-widget input[type=text]");
  }

  /** Opens the list at the top and takes a row of it; again if something closes it meanwhile. */
  async choose(key, text, row) {
    const rows = this.page.locator(".quick-input-list .monaco-list-row", { hasText: row });
    const marked = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: row });
    for (let tries = 5; ; tries--) {
      try {
        await this.page.keyboard.press(key);
        await this.search().fill(text, { timeout: 4000 });
        await rows.first().waitFor({ timeout: 4000 });
        // Not by mouse: that would stay where it shows hints.
        for (let moves = 0; moves < 10 && (await marked.count()) === 0; moves++) {
          await this.page.keyboard.press("ArrowDown");
          await this.page.waitForTimeout(100);
        }
        await marked.first().waitFor({ timeout: 1000 });
        // A view that closes late takes the keys back to the editor.
        if (!(await this.search().evaluate((input) => input === document.activeElement))) {
          throw new Error(`the list of ${row} has lost the keys`);
        }
        return await this.page.keyboard.press("Enter");
      } catch (error) {
        if (tries === 0) {
          throw error;
        }
        await this.page.keyboard.press("Escape");
      }
    }
  }

  async goTo(line, column) {
    await this.choose("Control+G", `:${line}:${column}`, `${line}`);
    await this.search().waitFor({ state: "hidden" });
    const place = this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` });
    await place.first().waitFor();
  }

  /** The page inside of a webview. */
  webview() {
    return this.page.frameLocator("iframe.webview").last().frameLocator("#active-frame");
  }

  /** Takes a picture once nothing moves. */
  async picture(name, clip) {
    await this.page.waitForTimeout(700);
    await this.page.screenshot({ path: `${this.pictures}/${name}.png`, clip });
  }
}
