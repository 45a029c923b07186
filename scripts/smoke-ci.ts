// Runs what docs/ci.md offers, as its users' machines would, on a folder with one wrong workflow: the steps of action.yml, the entry of the
// pre-commit hook, and the scripts of the Azure DevOps snippet.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `bin` is the folder with the installed command, `tarball` what it was installed from. Throws where one of them does not find the mistake. */
export function smokeCi(root: string, folder: string, tarball: string, bin: string) {
  const work = join(folder, 'work');
  mkdirSync(work);
  const wrong = {
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Htp' } },
    actions: {},
    outputs: {},
  };
  writeFileSync(join(work, 'workflow.json'), JSON.stringify(wrong, null, 2));

  // Of expressions, the action has only its own place and its inputs.
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
  const steps: Step[] = action.runs.steps.filter(({ run }: Step) => run !== undefined);
  const added = join(folder, 'github-path');
  writeFileSync(added, '');
  const inputs: Record<string, string> = { sarif: 'certflow.sarif' };
  const filledIn = (text: string) =>
    text
      .replace('${{ github.action_path }}', root)
      .replaceAll(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name] ?? action.inputs[name].default);
  const runs = steps.map(({ run = '', env = {} }) => {
    const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, filledIn(value)]));
    const path = [...readFileSync(added, 'utf8').split('\n').filter(Boolean), process.env.PATH].join(delimiter);
    return bash(run, work, { ...variables, PATH: path, RUNNER_TEMP: folder, GITHUB_PATH: added });
  });
  expect('action.yml, installing', runs[0], 0, /^/);
  expect('action.yml, checking', runs[1], 1, /^::error file=workflow\.json,line=\d+.*operation-kind/m);
  expectSarif(join(work, 'certflow.sarif'));

  const [hook] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  const path = [bin, process.env.PATH].join(delimiter);
  expect('the pre-commit hook', bash([hook.entry, ...hook.args].join(' '), work, { PATH: path }), 1, /\[operation-kind\]/);

  const page = readFileSync(join(root, 'docs', 'ci.md'), 'utf8');
  const [, snippet = ''] = /<!-- azure-pipelines -->\n```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const variables: Record<string, string> = {
    'Agent.TempDirectory': join(folder, 'agent'),
    'Build.ArtifactStagingDirectory': folder,
    certflowPackage: tarball,
  };
  const scripts: string[] = parse(snippet).steps.flatMap(({ script }: { script?: string }) => script ?? []);
  const [install, check] = scripts.map((script) =>
    bash(
      script.replaceAll(/\$\(([\w.]+)\)/g, (_, name: string) => variables[name] ?? ''),
      work,
      {},
    ),
  );
  expect('the Azure DevOps snippet, installing', install, 0, /^/);
  expect('the Azure DevOps snippet, checking', check, 1, /^$/);
  expectSarif(join(folder, 'certflow.sarif'));
}

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bash(script: string, cwd: string, env: Readonly<Record<string, string>>): Run {
  return spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' });
}

function expect(what: string, run: Run | undefined, status: number, stdout: RegExp) {
  if (run?.status === status && stdout.test(run.stdout)) return;
  throw new Error(`${what}: exit code ${run?.status}, expected ${status}\n${run?.stdout}\n${run?.stderr}`);
}

function expectSarif(file: string) {
  const { runs } = JSON.parse(readFileSync(file, 'utf8'));
  if (runs[0].results[0]?.ruleId !== 'operation-kind') throw new Error(`${file} lacks the finding`);
}
