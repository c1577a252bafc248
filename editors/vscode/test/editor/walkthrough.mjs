// Goes through the walkthrough. usage: walkthrough.mjs URL FOLDER PICTURES
import { open } from "./page.mjs";

/** The steps, and something that only the page beside each of them has. */
const STEPS = [
  ["See what the API server would refuse", "not allowed in an init container"],
  ["Write with completion", "Fields that exist already or are not allowed"],
  ["Add a sidecar", "fluent/fluent-bit"],
  ["See the pod as a diagram", "Containers in the order in which they start"],
  ["Choose the Kubernetes version", "podSecurity: baseline"],
];

const [base, folder, pictures] = process.argv.slice(2);
const window = await open(base, `${folder}/web.yaml`, pictures, { width: 1200, height: 800 });
const { page } = window;
await page.keyboard.press("Control+B");
await window.run("Welcome: Open Walkthrough");
await page.locator(".quick-input-list .monaco-list-row", { hasText: "Kubernetes Pods with podls" }).first().click();
await window.see("the walkthrough opens", ".getting-started-category h2, .getting-started-category", "Kubernetes Pods with podls");

const beside = window.webview();
for (const [index, [title, text]] of STEPS.entries()) {
  const step = await window.see(`a step is "${title}"`, ".getting-started-step", title);
  if (!(await step.getAttribute("class")).includes("expanded")) {
    await step.locator(".step-title").click();
  }
  await window.see("it unfolds", ".getting-started-step.expanded", title);
  await window.see("its page is shown", "body", text, beside);
  await window.picture(`walkthrough-${index + 1}`);
  if (title.includes("diagram")) {
    await window.must("with a picture", async () => {
      const width = await beside.locator("img").first().evaluate((image) => image.naturalWidth);
      if (width < 300) {
        throw new Error(`it is ${width} wide`);
      }
    });
  }
}

/** Unfolds a step, and uses its button. */
async function use(title, button) {
  const step = page.locator(".getting-started-step", { hasText: title });
  if (!(await step.getAttribute("class")).includes("expanded")) {
    await step.locator(".step-title").click();
  }
  await step.locator(".monaco-button", { hasText: button }).click();
}

await use(STEPS[0][0], "Open a sample");
await window.see("the sample is opened", ".tab.active", "Untitled-1");
await window.see("its faults are underlined", ".squiggly-error");
await window.picture("walkthrough-sample");
await page.locator(".tab", { hasText: "Welcome" }).first().click();
await window.see("the step is done", ".getting-started-step.expanded .codicon-pass-filled, .getting-started-step.expanded .codicon-getting-started-step-checked", undefined);
await window.picture("walkthrough-done");

await use(STEPS[2][0], "Add to the pod");
const sample = page.locator(".notification-toast .monaco-button", { hasText: "Open a Sample" });
await window.must("without an editor a sample is offered", () => sample.click());
await window.see("there is something to add to it", ".quick-input-list .monaco-list-row", "log agent");
await window.see("it is shown", ".monaco-diff-editor .line-insert");
await page.keyboard.press("Escape");
await window.miss("and not made", ".monaco-diff-editor");
await window.close();
