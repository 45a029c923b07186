import * as appService from '../app-service/write.ts';
import * as arm from '../arm/write.ts';
import * as bicep from '../bicep/write.ts';
import * as definition from '../definition/write.ts';
import * as flowPackage from '../flow-package/write.ts';
import type { Writer } from '../format.ts';
import type { FormatName } from '../index.ts';
import * as solution from '../solution/write.ts';
import * as standardProject from '../standard-project/write.ts';

/** The writer of every format. */
export const writers: Readonly<Record<FormatName, Writer>> = {
  definition,
  arm,
  bicep,
  'standard-project': standardProject,
  'app-service': appService,
  solution,
  'flow-package': flowPackage,
};
