import { check as checkArm } from '../arm/check.ts';
import { read as readArm } from '../arm/read.ts';
import { recognise as isArm } from '../arm/recognise.ts';
import { read as readDefinition } from '../definition/read.ts';
import { recognise as isDefinition } from '../definition/recognise.ts';
import { read as readFlow } from '../flow/read.ts';
import { recognise as isFlow } from '../flow/recognise.ts';
import { read as readFlowPackage } from '../flow-package/read.ts';
import { rootOf as flowPackageOf } from '../flow-package/recognise.ts';
import { rootOf as solutionOf } from '../solution/recognise.ts';
import { read as readStandardProject } from '../standard-project/read.ts';
import { rootOf as standardProjectOf } from '../standard-project/recognise.ts';
import type { FileReader, ProjectReader } from './reader.ts';

// Apart from the formats that are written: what only writes need not load the parsers.

/** The XML parser is loaded for solutions only. */
const readSolution: ProjectReader['read'] = async (...given) => (await import('../solution/read.ts')).read(...given);

const besideSolution: ProjectReader['beside'] = async (...given) =>
  (await import('../solution/settings-file.ts')).checkSettings(...given);

/** Formats that are one file; the first that recognises it reads it. */
export const fileReaders: readonly FileReader[] = [
  { format: 'arm', recognise: isArm, read: readArm, check: checkArm },
  { format: 'flow', recognise: isFlow, read: readFlow },
  { format: 'definition', recognise: isDefinition, read: readDefinition },
];

/** Formats that are a folder or a zip; a file belongs to the first that takes it. */
export const projectReaders: readonly ProjectReader[] = [
  { format: 'standard-project', rootOf: standardProjectOf, read: readStandardProject },
  { format: 'flow-package', rootOf: flowPackageOf, read: readFlowPackage },
  { format: 'solution', rootOf: solutionOf, read: readSolution, beside: besideSolution },
];
