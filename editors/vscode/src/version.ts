/** Which Kubernetes version a document is checked for. No use of the editor in here. */

const COMMENT = /^[ \t]*# *podls: *kubernetes +(1\.\d+)[ \t]*\r?$/m;
const SETTING = /^["']?kubernetesVersion["']?:[ \t]*["']?(1\.\d+)/m;

/** The version that a comment `# podls: kubernetes 1.31` in a manifest asks for. */
export function ofComment(text: string): string | undefined {
  return COMMENT.exec(text)?.[1];
}

/** The version that a `podls.yaml` asks for. */
export function ofSettings(text: string): string | undefined {
  return SETTING.exec(text)?.[1];
}
