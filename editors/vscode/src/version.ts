/** The Kubernetes version for a document, if a text sets it. This file does not use the editor. */

const COMMENT = /^([ \t]*# *podls: *kubernetes +)(1\.\d+)[ \t]*\r?$/m;
const SETTING = /^(["']?kubernetesVersion["']?:[ \t]*["']?)(1\.\d+)/m;

/** A version, and the offset at which it stands. */
export interface Stated {
  version: string;
  at: number;
}

/** The version that a comment `# podls: kubernetes 1.31` in a manifest asks for. */
export function ofComment(text: string): Stated | undefined {
  return stated(COMMENT.exec(text));
}

/** The version that a `podls.yaml` asks for. */
export function ofSettings(text: string): Stated | undefined {
  return stated(SETTING.exec(text));
}

function stated(found: RegExpExecArray | null): Stated | undefined {
  return found ? { version: found[2], at: found.index + found[1].length } : undefined;
}
