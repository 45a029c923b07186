import { expect, test } from 'vitest';
import { SingleFile } from '../../src/document/file-tree.ts';
import { openFile } from '../../src/formats/reading/open-tree.ts';
import { type Aim, adopt, type OpenedDocument } from '../../src/index.ts';
import { completeTemplate } from '../adopt/complete-template.ts';
import { aim } from '../adopt/judge.ts';
import { filesOf } from '../corpus/as-files.ts';
import { type CorpusRecord, corpusFiles } from '../corpus/record.ts';
import { azure, ground } from '../emulator/azure.ts';
import { emulator } from '../emulator/start.ts';
import { corpusLines } from '../shared.ts';

test.for<Aim>([{ ...aim, vault: 'kv-contoso-dev' }, { to: 'managed-identity' }])(
  'every template of the corpus that is adopted deploys to the emulator where it did before (%j)',
  async (wanted, context) => {
    const started = await emulator();
    const clients = azure(started.profile);
    await ground(clients);
    const deploys = async (document: OpenedDocument, name: string) => {
      const template = JSON.parse(document.definitions[0]?.text ?? '');
      const parameters = Object.fromEntries(
        Object.entries(template.parameters ?? {}).flatMap(([key, one]) => {
          const { type, defaultValue } = one as { type: string; defaultValue?: unknown };
          const value = /object/i.test(type) ? {} : 'text';
          return defaultValue === undefined ? [[key, { value }]] : [];
        }),
      );
      if ('keyVaultResourceGroup' in (template.parameters ?? {})) parameters.keyVaultResourceGroup = { value: 'rg-shared' };
      try {
        await clients.deployments.deployments.beginCreateOrUpdateAndWait(
          'rg-flows',
          name,
          { properties: { mode: 'Incremental', template, parameters } },
          { updateIntervalInMs: 1 },
        );
        return 'deployed';
      } catch (error) {
        return (error as Error).message;
      }
    };
    let [count, deployed] = [0, 0];
    for (const record of corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file))) {
      if (record.target !== 'arm') continue;
      const [[path, value] = ['', {}]] = Object.entries(filesOf(record));
      const document = openFile(new SingleFile(path, new TextEncoder().encode(JSON.stringify(completeTemplate(value)))), path, {
        isNamed: true,
      });
      if (!document) continue;
      const adoption = await adopt(document, wanted);
      if (adoption.files.length === 0) continue;
      count++;
      const before = await deploys(document, `before-${count}`);
      if (before === 'deployed') deployed++;
      const after = await deploys(adoption.document, `after-${count}`);
      expect([record.repo, record.path, after]).toEqual([record.repo, record.path, before]);
    }
    context.annotate(`${count} templates, ${deployed} deploy`);
    expect([count > 30, deployed > 20]).toEqual([true, true]);
  },
);
