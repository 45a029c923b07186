import { expect, test } from 'vitest';
import { signInsOf } from '../../src/check/sign-ins/sign-ins.ts';
import { Subject } from '../../src/check/subject.ts';
import { MemoryTree } from '../../src/document/file-tree.ts';
import { openTree } from '../../src/formats/reading/open-tree.ts';
import { type Aim, adopt } from '../../src/index.ts';
import { completeTemplate } from '../adopt/complete-template.ts';
import { aim, judge } from '../adopt/judge.ts';
import { filesOf } from '../corpus/as-files.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../corpus/record.ts';
import { corpusLines } from '../shared.ts';

const identity = { to: 'managed-identity' } as const;

test.for<[way: string, aim: Aim, adopted: object]>([
  ['certificate', aim, { secretsAdopted: 30, tokensAdopted: 6 }],
  ['managed-identity', identity, { secretsAdopted: 23, tokensAdopted: 6 }],
])(
  'real workflows that sign in with a secret or ask for tokens by hand become a sign-in by %s, or are left whole with a reason',
  async ([way, wanted, adopted], context) => {
    const counts = { secrets: 0, secretsAdopted: 0, tokens: 0, tokensAdopted: 0, others: 0 };
    const left: string[] = [];
    for (const record of corpusFiles.flatMap((file) => corpusLines<CorpusRecord>(context, file))) {
      const signIns = signInsOf(new Subject(record.definition, surroundingsOf(record)));
      const hasSecret = signIns.some(
        ({ way, type, place, value }) =>
          way === 'group' && type === 'activedirectoryoauth' && place !== 'connection' && value('secret'),
      );
      const hasToken = signIns.some(({ way }) => way === 'token-request');
      const contents = Object.entries(filesOf(record)).map(([path, value]): [string, Uint8Array] => [
        path,
        new TextEncoder().encode(JSON.stringify(record.target === 'arm' ? completeTemplate(value) : value, null, 2)),
      ]);
      for await (const document of openTree(new MemoryTree('', new Map(contents)))) {
        const adoption = await adopt(document, wanted);
        const { items } = adoption.plan;
        if (items.length === 0) {
          expect([record.repo, record.path, hasSecret || hasToken]).toEqual([record.repo, record.path, false]);
          expect(adoption.files).toEqual([]);
          continue;
        }
        const isAdopted = items.some((item) => item.left === undefined && item.becomes === way);
        if (hasSecret) counts.secrets++;
        else if (hasToken) counts.tokens++;
        else counts.others++;
        if (isAdopted && hasSecret) counts.secretsAdopted++;
        if (isAdopted && !hasSecret) counts.tokensAdopted++;
        for (const item of items) if (item.left !== undefined) left.push(`${record.repo} ${item.name}: ${item.left}`);
        await judge(document, adoption, wanted);
      }
    }
    context.annotate(`${JSON.stringify(counts)}\n${left.join('\n')}`);
    expect(counts).toMatchObject({ secrets: 30, tokens: 15, ...adopted });
  },
);
