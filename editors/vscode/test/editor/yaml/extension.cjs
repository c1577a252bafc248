// Starts yaml-language-server as Red Hat's extension does.
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const server = { command: "node", args: [process.env.YAML_SERVER, "--stdio"] };
  client = new LanguageClient("yaml", "YAML", server, {
    documentSelector: [{ language: "yaml" }],
    synchronize: { configurationSection: ["yaml"] },
  });
  return client.start();
};
exports.deactivate = () => client?.stop();
