import * as arm from './arm/write.ts';
import * as bicep from './bicep/write.ts';
import * as definition from './definition/write.ts';
import * as flowPackage from './flow-package/write.ts';
import type { Writer } from './format.ts';
import type { FormatName } from './index.ts';
import * as solution from './solution/write.ts';

/** The writer of every format. */
export const writers: Readonly<Record<FormatName, Writer>> = {
  definition,
  arm,
  bicep,
  solution,
  'flow-package': flowPackage,
};
