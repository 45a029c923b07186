import { expect, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { baseSpec, specOf } from '../specs.ts';

test('the command in a README names a resource group that begins with "-" as a value', () => {
  const place = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: '-rg', location: 'westeurope' };
  const spec = specOf({
    ...baseSpec,
    targets: { consumption: place, standard: { ...place, site: 'a1' }, appService: { ...place, site: 'b1' } },
  });
  for (const format of ['arm', 'bicep', 'standard-project', 'app-service'] as const) {
    const readmes = generate(spec, { format }).filter(({ path }) => path.endsWith('README.md'));
    const commands = readmes.flatMap(({ contents }) => String(contents).match(/^az .*resource-group.*$/gm) ?? []);
    expect(commands.length, format).toBeGreaterThan(0);
    for (const command of commands) expect(command).toContain('--resource-group="-rg"');
  }
});
