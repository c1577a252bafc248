import assert from "node:assert";
import test from "node:test";
import { documentStarts, doubled, isKubernetesSchema, withoutKubernetes } from "../src/doubles";
import { changed, main, plain } from "../src/edits";
import { findings } from "../src/findings";
import { ofComment, ofSettings } from "../src/version";

test("findings are counted in words", () => {
  assert.strictEqual(findings({ errors: 2, warnings: 1, hints: 0 }), "2 errors, 1 warning");
  assert.strictEqual(findings({ errors: 0, warnings: 0, hints: 0 }), "no findings");
});

test("the version is found in comments and settings", () => {
  const text = "a: 1\n  # podls: kubernetes 1.31\r\nb: 2";
  assert.deepStrictEqual(ofComment(text), { version: "1.31", at: text.indexOf("1.31") });
  assert.strictEqual(ofComment("a: '# podls: kubernetes 1.31'"), undefined);
  const settings = "rules: {}\nkubernetesVersion: '1.29'\n";
  assert.deepStrictEqual(ofSettings(settings), { version: "1.29", at: settings.indexOf("1.29") });
  assert.strictEqual(ofSettings("# kubernetesVersion: '1.29'\n"), undefined);
});

test("changes are made in one go", () => {
  const changes = [
    { start: 4, end: 5, text: "E" },
    { start: 1, end: 1, text: "12" },
    { start: 1, end: 1, text: "3" },
  ];
  assert.strictEqual(changed("abcdef", changes), "a123bcdEf");
  assert.strictEqual(changed("abc", []), "abc");
  assert.strictEqual(main(changes)?.text, "12");
});

test("a snippet is written with its defaults", () => {
  const snippet = "a: \\$(A) {x: 1\\}\nb: ${1:main}, ${2:}c\\\\";
  assert.strictEqual(plain(snippet), "a: $(A) {x: 1}\nb: main, c\\");
});

test("faults of the syntax are told once", () => {
  const starts = documentStarts("a: 1\n---\nb: 2\r\n--- # c\n---d: 3\n");
  assert.deepStrictEqual(starts, [1, 3]);
  const ours = { source: "podls", code: "yaml-syntax", lines: [2], error: true };
  const theirs = { source: "YAML", code: 0, lines: [1], error: true };
  assert.ok(doubled(ours, [theirs], starts));
  assert.ok(!doubled(ours, [{ ...theirs, lines: [0] }, { ...theirs, lines: [3] }], starts));
  assert.ok(!doubled({ ...ours, code: "unknown-field" }, [theirs], starts));
  assert.ok(!doubled(ours, [ours, { ...theirs, error: false }], starts));
  const twice = { ...ours, code: "duplicate-key", lines: [0, 2] };
  assert.ok(doubled(twice, [{ ...theirs, lines: [2] }], starts));
  assert.ok(!doubled(twice, [theirs], starts));
});

test("the schemas of Kubernetes are known", () => {
  const address = "https://example.com/kubernetes-json-schema/v1.32.9-standalone-strict/all.json";
  assert.ok(isKubernetesSchema("kubernetes") && isKubernetesSchema("Kubernetes"));
  assert.ok(isKubernetesSchema(address));
  const others = { "https://example.com/composer.json": "/*", "./kubernetes.json": "a.yaml" };
  assert.deepStrictEqual(withoutKubernetes({ ...others, kubernetes: "*.yaml" }), others);
});
