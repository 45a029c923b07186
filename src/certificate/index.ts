export type { KeyAndCertificate } from './certificate.ts';
export { createCertificate } from './create.ts';
export { factsOf } from './facts.ts';
export { inspectCertificate } from './inspect.ts';
export { openFile, privateKeyIn, recognise } from './open.ts';
export { privateKeyToPem, toPem } from './pem.ts';
export { readPfx } from './pfx/read.ts';
export { writePfx } from './pfx/write.ts';
export { completeRequest, createRequest } from './request.ts';
