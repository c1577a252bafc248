import assert from "node:assert";
import test from "node:test";
import { entries } from "../src/entries";
import { ofComment, ofSettings } from "../src/version";

test("the actions of one pattern are listed, with their images", () => {
  const actions = [
    { title: "Add sidecar: git-sync content", text: "- name: a\n  image: git:4\n- image: \"x/y:1\"" },
    { title: "Add sidecars everywhere", text: "" },
    { title: "Add init container: wait for a service", text: "{name: a, image: b:1}" },
  ];
  const list = (prefix: string) =>
    entries(actions, prefix, (it) => it.text).map(({ label, detail }) => [label, detail]);
  assert.deepStrictEqual(list("Add sidecar"), [["git-sync content", "git:4, x/y:1"]]);
  assert.deepStrictEqual(list("Add init container"), [["wait for a service", "b:1"]]);
  assert.deepStrictEqual(list("Add adapter"), []);
});

test("the version is found in comments and settings", () => {
  assert.strictEqual(ofComment("a: 1\n  # podls: kubernetes 1.31\r\nb: 2"), "1.31");
  assert.strictEqual(ofComment("a: '# podls: kubernetes 1.31'"), undefined);
  assert.strictEqual(ofSettings("rules: {}\nkubernetesVersion: '1.29'\n"), "1.29");
  assert.strictEqual(ofSettings("# kubernetesVersion: '1.29'\n"), undefined);
});
