// What .ci/run runs: every step, even after one has failed, and at the end a plain line that counts tests and steps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'certflow-ci-'));

/** npm scripts, in order. Those of vitest leave a report. */
const steps: readonly { name: string; args: readonly string[]; report?: string }[] = [
  { name: 'npm test', args: ['test'], report: 'test.json' },
  { name: 'format and lint', args: ['run', 'lint'] },
  { name: 'types', args: ['run', 'types'] },
  { name: 'build', args: ['run', 'build'] },
  { name: 'unused code and dependencies', args: ['run', 'unused'] },
  { name: 'long tests', args: ['run', 'test:full'], report: 'full.json' },
  { name: 'the packed tarball', args: ['run', 'smoke'] },
];

let [passed, failed] = [0, 0];
const skipped: string[] = [];
for (const { name, args, report } of steps) {
  console.log(`\n=== ${name}`);
  const file = report && join(reports, report);
  const extra = file ? ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`] : [];
  const { status } = spawnSync('npm', ['--silent', ...args, ...extra], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, CERTFLOW_SHARED_REQUIRED: '1' },
  });
  if (file && existsSync(file)) count(file);
  if (status === 0) passed++;
  else {
    failed++;
    console.log(`FAILED: ${name}`);
  }
}
rmSync(reports, { recursive: true, force: true });
for (const name of skipped) console.log(`skipped: ${name}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;

function count(file: string) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string }[] }[];
  };
  for (const { status, fullName } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
    if (status === 'passed') passed++;
    else if (status === 'failed') failed++;
    else skipped.push(fullName);
  }
}
