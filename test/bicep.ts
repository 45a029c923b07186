import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JsonRpc } from './json-rpc.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = join(root, 'node_modules', '.cache', 'certflow-bicep');
const version = '0.49.2';
const platforms: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'osx', win32: 'win' };

/** What of a test's context is used. */
interface Skippable {
  readonly task: { readonly name: string };
  readonly skip: (reason: string) => unknown;
}

/** A file's path and text. */
export interface SourceFile {
  readonly path: string;
  readonly contents: string | Uint8Array;
}

let compiler: JsonRpc | undefined;

/** The Bicep compiler at work, started once in each worker; see `bicepProgram`. */
export function bicepCompiler(context: Skippable): JsonRpc {
  compiler ??= new JsonRpc(bicepProgram(context), ['jsonrpc', '--stdio']);
  return compiler;
}

/**
 * The Bicep compiler, restored by `dotnet` from NuGet once. Skips the test, saying so, where there is no dotnet or the package cannot
 * be had.
 */
export function bicepProgram(context: Skippable): string {
  const platform = `${platforms[process.platform]}-${process.arch}`;
  const tool = join(
    packages,
    `azure.bicep.commandline.${platform}`,
    version,
    'tools',
    process.platform === 'win32' ? 'bicep.exe' : 'bicep',
  );
  if (!existsSync(tool)) restore(platform, context);
  if (process.platform !== 'win32') chmodSync(tool, 0o755);
  return tool;
}

function restore(platform: string, context: Skippable) {
  // In a folder of its own: dotnet leaves an obj folder beside the project.
  const project = join(packages, 'project', 'bicep.csproj');
  mkdirSync(dirname(project), { recursive: true });
  copyFileSync(join(root, 'test', 'tools', 'bicep.csproj'), project);
  const { status, stdout, error } = spawnSync('dotnet', ['restore', project, `-p:Platform=${platform}`, '--packages', packages], {
    encoding: 'utf8',
  });
  if (status === 0) return;
  const reason = `the Bicep compiler could not be restored by dotnet: ${error?.message ?? stdout.trim().split('\n').at(-1)}`;
  process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
  context.skip(reason);
}

/** Runs something on files in a folder that is gone afterwards. */
async function inFolder<Result>(files: readonly SourceFile[], run: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-bicep-'));
  try {
    for (const { path, contents } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), contents);
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly apiVersion: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Diagnostic {
  readonly source?: string;
  readonly level: string;
  readonly code: string;
  readonly message: string;
}

const asLine = ({ source, level, code, message }: Diagnostic) => `${basename(source ?? '')}: ${level} ${code}: ${message}`;

interface Compiled {
  readonly success: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly parameters: string;
  readonly template: string;
}

/** Throws what the compiler says where it does not come through. */
async function compiled(compiler: JsonRpc, path: string): Promise<Compiled> {
  const answer = await compiler.ask<Compiled>('bicep/compileParams', { path, parameterOverrides: {} });
  if (!answer.success) throw new Error(answer.diagnostics.map(asLine).join('\n'));
  return answer;
}

/** Where the deployments of these tests go to. */
const metadata = {
  tenantId: '11111111-1111-1111-1111-111111111111',
  subscriptionId: '33333333-3333-3333-3333-333333333333',
  resourceGroup: 'rg-flows',
  location: 'westeurope',
};

/**
 * The resources that a deployment of `parameterFile` would make, with all that does not depend on Azure worked out by the compiler;
 * and what the compiler and its linter say of the files, a line each.
 */
export function snapshot(
  compiler: JsonRpc,
  files: readonly SourceFile[],
  parameterFile: string,
): Promise<{ resources: Resource[]; outputs: unknown; findings: string[] }> {
  return inFolder(files, async (folder) => {
    const path = join(folder, parameterFile);
    const { diagnostics } = await compiled(compiler, path);
    const { snapshot } = await compiler.ask<{ snapshot: string }>('bicep/getSnapshot', { path, metadata });
    const predicted = JSON.parse(snapshot);
    return {
      resources: predicted.predictedResources,
      outputs: predicted.outputs,
      findings: [...diagnostics, ...predicted.diagnostics].map(asLine),
    };
  });
}

/** What a parameters file and its Bicep file compile to. */
export function build(
  compiler: JsonRpc,
  files: readonly SourceFile[],
  parameterFile: string,
): Promise<{ readonly template: Record<string, unknown>; readonly parameters: Record<string, { value: unknown }> }> {
  return inFolder(files, async (folder) => {
    const { template, parameters } = await compiled(compiler, join(folder, parameterFile));
    return { template: JSON.parse(template), parameters: JSON.parse(parameters).parameters };
  });
}

/** The same file with parameters that are not secure: a snapshot keeps the values of secure ones to itself. */
export function withOpenValues({ path, contents }: SourceFile): SourceFile {
  const text =
    typeof contents === 'string' ? contents.replaceAll('@secure()\n', '').replaceAll('"secureObject"', '"object"') : contents;
  return { path, contents: text };
}
