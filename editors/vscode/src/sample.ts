/** The manifest for those who have none at hand: it has something to show of everything. */
import * as vscode from "vscode";

const SAMPLE = `# Two faults to repair; \`kubectl apply\` would refuse the first one.
apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  initContainers:
  - name: wait-db
    image: busybox:1.38.0
    command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]
    readinessProbe:
      tcpSocket:
        port: 5432
  containers:
  - name: shop
    image: registry.example.com/shop:1.4
    ports:
    - name: http
      containerPort: 8080
    resources:
      requests:
        memory: 512MB
`;

export async function openSample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content: SAMPLE });
  await vscode.window.showTextDocument(document);
}

/** The editor that a command is for. Without one, as on the walkthrough page, the user gets a sample. */
export async function activeEditor(): Promise<vscode.TextEditor | undefined> {
  if (!vscode.window.activeTextEditor) {
    const open = "Open a Sample";
    const answer = await vscode.window.showInformationMessage("This needs an open manifest.", open);
    if (answer === open) {
      await openSample();
    }
  }
  return vscode.window.activeTextEditor;
}
