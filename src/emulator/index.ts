export type { Fault, FaultKind } from './http/faults.ts';
export type { Recorded, ServiceName } from './http/recorded.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './start.ts';
export type { WorkflowProblem } from './world.ts';
