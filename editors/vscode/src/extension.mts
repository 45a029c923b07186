// The extension of VS Code: starts the language server that it brings along, and shows pictures. It sends nothing anywhere.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Called by VS Code when a file of certflow's kinds is opened. */
export async function activate(context: vscode.ExtensionContext) {
  const module = context.asAbsolutePath('certflow/bin.cjs');
  context.subscriptions.push(vscode.commands.registerCommand('certflow.picture', () => showPicture(module)));
  if (!vscode.workspace.getConfiguration('certflow').get<boolean>('enable', true)) return;
  const documentSelector = ['json', 'jsonc', 'yaml'].map((language) => ({ scheme: 'file', language }));
  const run = { module, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('certflow', 'certflow', { run, debug: run }, { documentSelector });
  await client.start();
}

/** Called by VS Code when it ends. */
export function deactivate(): Promise<void> | undefined {
  return client?.stop();
}

async function showPicture(module: string) {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  await document.save();
  try {
    // VS Code's own Node: the machine need not have one.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [module, 'picture', '--', document.fileName], { env });
    const panel = vscode.window.createWebviewPanel('certflow.picture', 'Workflow', vscode.ViewColumn.Beside, {});
    panel.webview.html = page(stdout);
  } catch (error) {
    const words = (error as { stderr?: string }).stderr ?? String(error);
    await vscode.window.showErrorMessage(words.trim());
  }
}

/** Nothing is loaded and nothing runs in it: the picture is drawn, with the colours that it has for light and dark pages. */
function page(svg: string): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><body>${svg}</body>`;
}
