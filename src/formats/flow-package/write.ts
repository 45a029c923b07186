import { zip } from '../../document/zip.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import type { Dialect } from '../../workflow/dialect.ts';
import { powerAutomate } from '../../workflow/dialects/power-automate.ts';
import { parameterValues } from '../../workflow/parameter-values.ts';
import type { GeneratedFile, Package, WriteInput } from '../format.ts';
import { packageIds } from '../power-automate/ids.ts';
import { importGuide } from '../power-automate/import-guide.ts';
import { powerAutomateTarget } from '../power-automate/target.ts';
import { packageOf } from './from-workflow.ts';
import { writeFiles } from './write-files.ts';

export { surroundings } from './surroundings.ts';

/** Without a solution there is no other place for them than the definition. */
export const bringsValues = true;

/** Values are defaults of the definition's parameters. */
export function dialect(spec: Spec, environment: Environment): Dialect {
  const { callers } = powerAutomateTarget(spec, environment);
  return powerAutomate(
    {
      parameterName: (name) => name,
      declaration: ({ values }) => ({ defaultValue: values.get(environment.name) ?? '', type: 'String' }),
    },
    callers,
  );
}

/** The zip, its files to look at, and how to import it. Shapes: docs/facts/flow-package.md. */
export function write(input: WriteInput): GeneratedFile[] {
  const values = parameterValues(input.spec, input.environment, input.workflow);
  return [
    pack(input),
    ...packageFiles(input).map(({ path, contents }) => ({ path: `source/${path}`, contents })),
    { path: 'IMPORT.md', contents: importGuide(input, { values }) },
  ];
}

/** The zip alone. Throws a SpecError where a value is missing: they travel as defaults. */
export function pack(input: WriteInput): Package {
  parameterValues(input.spec, input.environment, input.workflow);
  return { path: `${input.workflow.name}.zip`, contents: zip(packageFiles(input)) };
}

function packageFiles(input: WriteInput): GeneratedFile[] {
  return writeFiles(packageOf(input), { packageId: packageIds(input.spec, input.environment)('package') });
}
