import { expect, test } from 'vitest';
import { bicepCompiler, type Resource, snapshot } from '../bicep.ts';
import { armSnapshot, files, variants } from '../formats/arm-and-bicep.ts';
import { specOf } from '../specs.ts';

/** Without the two ways in which Bicep writes the same: order, and the version of its own nested deployments. */
function comparable(resources: readonly Resource[]) {
  return resources.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

test.for(variants)(
  '%s: ARM and Bicep deploy the same resources, with the same properties and outputs, and the Bicep linter is clean',
  async ([, overrides], context) => {
    const spec = specOf(overrides);
    const tool = bicepCompiler(context);
    const bicep = await snapshot(tool, files(spec, 'bicep'), 'main.bicepparam');
    const arm = await armSnapshot(tool, spec);
    expect([...bicep.findings, ...arm.findings]).toEqual([]);
    expect(bicep.resources.length).toBeGreaterThanOrEqual(1);
    expect(comparable(arm.resources)).toEqual(comparable(bicep.resources));
    expect(arm.outputs).toEqual(bicep.outputs);
  },
);
