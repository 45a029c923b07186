import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * The Bicep compiler, restored by `dotnet` from NuGet once. Skips the test, saying so, where there is no dotnet or the package cannot
 * be had.
 */
export function bicepCompiler(context: Skippable): string {
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
function inFolder<Result>(files: readonly SourceFile[], run: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'certflow-bicep-'));
  try {
    for (const { path, contents } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), contents);
    }
    return run(folder);
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

/**
 * The resources that a deployment of `parameterFile` would make, with all that does not depend on Azure worked out by the compiler;
 * and what the compiler and its linter say of the files, a line each.
 */
export function snapshot(
  tool: string,
  files: readonly SourceFile[],
  parameterFile: string,
): { resources: Resource[]; outputs: unknown; findings: string[] } {
  const place = [
    '--subscription-id',
    '33333333-3333-3333-3333-333333333333',
    '--resource-group',
    'rg-flows',
    '--location',
    'westeurope',
    '--tenant-id',
    '11111111-1111-1111-1111-111111111111',
  ];
  return inFolder(files, (folder) => {
    const { status, stderr } = spawnSync(tool, ['snapshot', parameterFile, ...place, '--mode', 'overwrite'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const { predictedResources, outputs } = JSON.parse(
      readFileSync(join(folder, parameterFile.replace(/\.bicepparam$/, '.snapshot.json')), 'utf8'),
    );
    return { resources: predictedResources, outputs, findings: stderr.split('\n').filter((line) => line.trim() !== '') };
  });
}

/** What a parameters file and its Bicep file compile to. */
export function build(
  tool: string,
  files: readonly SourceFile[],
  parameterFile: string,
): { readonly template: Record<string, unknown>; readonly parameters: Record<string, { value: unknown }> } {
  return inFolder(files, (folder) => {
    const { status, stdout, stderr } = spawnSync(tool, ['build-params', parameterFile, '--stdout'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    const { templateJson, parametersJson } = JSON.parse(stdout);
    return { template: JSON.parse(templateJson), parameters: JSON.parse(parametersJson).parameters };
  });
}

/** The same file with parameters that are not secure: a snapshot keeps the values of secure ones to itself. */
export function withOpenValues({ path, contents }: SourceFile): SourceFile {
  const text =
    typeof contents === 'string' ? contents.replaceAll('@secure()\n', '').replaceAll('"secureObject"', '"object"') : contents;
  return { path, contents: text };
}
