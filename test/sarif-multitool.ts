import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import type { TestContext } from 'vitest';

const packages = fileURLToPath(new URL('../node_modules/.cache/certflow-sarif', import.meta.url));
const version = '5.7.0';

/**
 * Microsoft's SARIF Multitool. Installed by npm once, apart from the development dependencies: it has some hundred megabytes. Skips the
 * test, saying so, where it cannot be had.
 */
function multitool(context: TestContext): string {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'win32' }[process.platform as string] ?? process.platform;
  const name = process.platform === 'win32' ? 'Sarif.Multitool.exe' : 'Sarif.Multitool';
  const tool = join(packages, 'node_modules', '@microsoft', `sarif-multitool-${platform}`, name);
  if (!existsSync(tool)) {
    mkdirSync(packages, { recursive: true });
    // A package.json of its own: else npm would install into the project.
    writeFileSync(join(packages, 'package.json'), '{ "private": true }');
    const { status, stderr } = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', packages, `@microsoft/sarif-multitool@${version}`],
      { cwd: packages, encoding: 'utf8', shell: process.platform === 'win32' },
    );
    if (status !== 0 || !existsSync(tool)) {
      const reason = `the SARIF Multitool could not be installed by npm: ${stderr?.trim().split('\n')[0]}`;
      process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
      context.skip(reason);
    }
  }
  if (process.platform !== 'win32') chmodSync(tool, 0o755);
  return tool;
}

/** What the Multitool's `validate` says of a log, with its rules for code scanning on GitHub too: `SARIF2005 warning: …`. */
export function validate(context: TestContext, sarif: string): string[] {
  const tool = multitool(context);
  const folder = mkdtempSync(join(tmpdir(), 'certflow-sarif-'));
  try {
    const [input, output] = [join(folder, 'in.sarif'), join(folder, 'out.sarif')];
    writeFileSync(input, sarif);
    const { stdout, stderr } = spawnSync(tool, ['validate', input, '--output', output, '--rule-kind', 'Sarif;Ghas'], {
      encoding: 'utf8',
    });
    if (!existsSync(output)) throw new Error(`${stdout}\n${stderr}`);
    const { runs }: Log = JSON.parse(readFileSync(output, 'utf8'));
    return runs.flatMap(({ results, tool, invocations }) => {
      const said = (results ?? []).map(({ ruleId, ruleIndex, level, message }) => {
        const rule = tool.driver.rules?.[ruleIndex ?? -1];
        const text = rule?.messageStrings?.[message.id ?? '']?.text ?? message.text ?? '';
        const filled = text.replaceAll(/\{(\d+)\}/g, (_, at) => message.arguments?.[Number(at)] ?? '');
        return `${ruleId} ${level ?? 'warning'}: ${filled}`;
      });
      const failures = (invocations ?? []).flatMap(({ toolExecutionNotifications = [] }) =>
        toolExecutionNotifications.filter(({ level }) => level === 'error').map(({ message }) => `failure: ${message.text}`),
      );
      return [...said, ...failures];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
