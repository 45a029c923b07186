import type { Log, Result } from 'sarif';
import { workflowToMend } from './mended-workflow.ts';
import { certflow } from './run.ts';

export const canary = 'CANARY-7f3a';

/** Findings of many kinds; every field that may hold a secret holds a canary. */
export const wrong = workflowToMend({
  parameters: { p: { type: 'SecureString' } },
  authentication: { password: canary, secret: canary },
  call: {
    metadata: { 'certflow-ignore': { 'oauth-credentials': 'a test' } },
    runAfter: { Get_secret: ['Succeeded'], Gone: ['Succeeded'] },
  },
  actions: {
    Basic: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basic', username: canary, password: canary } },
      runAfter: {},
    },
    Raw: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Raw', value: `@base64('${canary}')` } },
      runAfter: {},
    },
    Kind: {
      type: 'Http',
      inputs: { method: 'GET', uri: 'https://x', authentication: { type: 'Basix', username: canary, password: canary } },
      runAfter: {},
    },
  },
});

export async function sarifOf(path: string, ...args: string[]): Promise<{ text: string; log: Log; results: Result[] }> {
  const { stdout } = await certflow('check', path, '--format', 'sarif', ...args);
  const log: Log = JSON.parse(stdout);
  return { text: stdout, log, results: log.runs[0]?.results ?? [] };
}
