import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { groundOf } from '../../src/cli/ground-of.ts';
import { workflowProblem } from '../../src/cli/workflow-problem.ts';
import { loadSpec } from '../../src/index.ts';
import { certflow } from '../cli/run.ts';
import { emulator } from '../emulator/start.ts';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.certflow.yaml'));
const examples = (
  await Promise.all(
    names.map(async (name) => {
      const spec = await loadSpec(join(folder, name));
      return [...spec.environments.keys()].map((environment) => ({ name, environment, spec }));
    }),
  )
).flat();

test.each(examples)(
  '$name deploys and runs in a loopback Azure that has what it expects: $environment',
  async ({ name, environment, spec }) => {
    const { cloudFile } = await emulator({
      ground: groundOf(spec),
      validateWorkflow: workflowProblem,
      tenantId: spec.environments.get(environment)?.appRegistration.tenantId ?? '',
    });
    const named = environment === '' ? [] : ['-e', environment];
    const { code, stdout, stderr } = await certflow(
      'deploy',
      join(folder, name),
      ...named,
      '--yes',
      '--run',
      '--cloud-file',
      cloudFile,
    );
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
    expect(stdout).toContain('ok  secrets: run history hides them');
  },
);
