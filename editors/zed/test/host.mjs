// Plays Zed for the extension, and asks it what Zed asks. It lies beside the folder `out` of jco.
import assert from "node:assert";
import { readFile } from "node:fs/promises";
import * as cli from "@bytecodealliance/preview2-shim/cli";
import * as clocks from "@bytecodealliance/preview2-shim/clocks";
import * as filesystem from "@bytecodealliance/preview2-shim/filesystem";
import * as io from "@bytecodealliance/preview2-shim/io";
import * as random from "@bytecodealliance/preview2-shim/random";
import { instantiate } from "./out/zed_podls.js";

/** What the user has set under `lsp.podls`, and what is on the PATH. */
let settings = {};
let onPath = "/usr/bin/podls";

class Worktree {
  id() {
    return 1n;
  }
  rootPath() {
    return "/manifests";
  }
  which(program) {
    return program === "podls" ? onPath : undefined;
  }
  shellEnv() {
    return [["PATH", "/usr/bin"]];
  }
  readTextFile() {
    throw "there is no file";
  }
}
class Project {}
class KeyValueStore {
  insert() {}
}

const imports = {
  "get-settings": { default: () => JSON.stringify(settings) },
  "key-value-store": { default: KeyValueStore },
  KeyValueStore,
  worktree: { default: Worktree, Worktree },
  Worktree,
  project: { default: Project, Project },
  Project,
};
// `terminalInput` of `cli` is what the component calls `wasi:cli/terminal-input`.
for (const [group, parts] of Object.entries({ cli, clocks, filesystem, io, random })) {
  for (const [name, part] of Object.entries(parts)) {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    imports[`wasi:${group}/${dashed}`] = part;
  }
}
const read = async (path) => WebAssembly.compile(await readFile(new URL(`out/${path}`, import.meta.url)));
const extension = await instantiate(read, imports);
extension.initExtension();

const worktree = new Worktree();
const command = () => extension.languageServerCommand("podls", worktree);
const told = (error) => error.payload ?? error.message ?? error;

function check(what, step) {
  try {
    step();
    console.log(`ok: ${what}`);
  } catch (error) {
    console.log(`failed: ${what}\n${told(error)}`);
    process.exit(1);
  }
}

check("the program on the PATH is started", () => {
  assert.deepStrictEqual(command(), { command: "/usr/bin/podls", args: [], env: [["PATH", "/usr/bin"]] });
});

settings = { binary: { path: "/opt/podls", arguments: ["serve"], env: { PODLS_LOG: "debug" } } };
check("the one of the settings goes before it", () => {
  const { command: program, args, env } = command();
  assert.deepStrictEqual([program, args], ["/opt/podls", ["serve"]]);
  assert.deepStrictEqual(new Map(env).get("PODLS_LOG"), "debug");
});

settings = {};
onPath = undefined;
check("the user is told when there is none", () => {
  assert.throws(command, (error) => /put it on the PATH/.test(told(error)));
});

settings = { settings: { kubernetesVersion: "1.31" }, initialization_options: { a: 1 } };
check("settings reach the server in its section", () => {
  const sent = extension.languageServerWorkspaceConfiguration("podls", worktree);
  assert.deepStrictEqual(JSON.parse(sent), { podls: { kubernetesVersion: "1.31" } });
});
check("initialization options are passed on", () => {
  const sent = extension.languageServerInitializationOptions("podls", worktree);
  assert.deepStrictEqual(JSON.parse(sent), { a: 1 });
});
