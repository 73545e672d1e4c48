// Starts `qmsplan lsp` for the YAML files of a workspace that has a qmsplan.yaml, and says what to do if it can't.
import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(commands.registerCommand("qmsplan.restart", restart));
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop();
  await start();
}

async function start(): Promise<void> {
  const settings = workspace.getConfiguration("qmsplan");
  const command = settings.get<string>("command", "qmsplan");
  const language = settings.get<string>("language", "");
  const args = [...(language ? ["--lang", language] : []), "lsp"];
  // A .cmd file is started by a shell on Windows, and a shell wants a path with blanks in quotes.
  const needsShell = process.platform === "win32" && /\.(cmd|bat)$/i.test(command);
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath;
  const server: ServerOptions = {
    command: needsShell ? `"${command}"` : command,
    args,
    options: { shell: needsShell, cwd: folder },
  };
  const options: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "yaml" }],
    synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{yaml,yml}") },
  };
  client = new LanguageClient("qmsplan", "qmsplan", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      `qmsplan could not be started (${command}): ${reason}. Install it with its extra "lsp", or name the program under "qmsplan.command".`,
    );
  }
}
