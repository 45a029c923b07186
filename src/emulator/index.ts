export type { Ground } from './ground.ts';
export type { Recorded } from './http/recorded.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './start.ts';
export type { WorkflowProblem } from './world.ts';
