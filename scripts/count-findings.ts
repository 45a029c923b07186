// Counts the findings of every rule over the corpus, by class of record, and shows as many of one rule as asked for:
//   node scripts/count-findings.ts [rule [how many [template,export]]]
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rules } from '../src/check/rules/index.ts';
import { check, type Diagnostic } from '../src/index.ts';
import { type CorpusRecord, corpusFiles, surroundingsOf } from '../test/corpus/record.ts';

const [wanted, most = '30', classes = 'template,export,sample,test'] = process.argv.slice(2);
const folder = resolve(process.env.CERTFLOW_SHARED ?? '../shared', 'corpus');
if (!existsSync(folder)) {
  console.error(`there is no folder ${folder}; "Files that are not here" in CONTRIBUTING.md says what it holds`);
  process.exit(2);
}
const broken: { id: string }[] = JSON.parse(readFileSync(`${folder}/workflows/known-broken.json`, 'utf8'));
const isBroken = new Set(broken.map(({ id }) => id));
const counts = new Map<string, Record<string, number>>();
let shown = 0;

for (const file of corpusFiles) {
  for (const line of gunzipSync(readFileSync(`${folder}/${file}`))
    .toString()
    .split('\n')) {
    if (line === '') continue;
    const record: CorpusRecord = JSON.parse(line);
    const group = isBroken.has(record.id) ? 'broken' : record.class;
    for (const diagnostic of check(record.definition, surroundingsOf(record))) count(record, group, diagnostic);
  }
}

function count(record: CorpusRecord, group: string, diagnostic: Diagnostic) {
  const key = `${diagnostic.rule} ${diagnostic.severity}`;
  const row = counts.get(key) ?? {};
  row[group] = (row[group] ?? 0) + 1;
  counts.set(key, row);
  if (diagnostic.rule !== wanted || !classes.includes(group) || shown >= Number(most)) return;
  shown++;
  const { severity, pointer, message, help } = diagnostic;
  const place = `${record.target} ${group} ${record.repo} ${record.path.slice(-90)}`;
  console.log(`${severity} ${pointer}\n  ${message}\n  help: ${help}\n  value: ${textAt(record, pointer)}\n  ${place}`);
}

/** The value at a pointer, cut short. */
function textAt({ definition }: CorpusRecord, pointer: string): string {
  let value: unknown = definition;
  for (const step of pointer.split('/').slice(1))
    value = (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  return (JSON.stringify(value) ?? 'nothing').slice(0, 220);
}

if (wanted === undefined) {
  const names = rules.map(({ name }) => name);
  const rows = [...counts].sort(([a], [b]) => names.indexOf(a.split(' ')[0] ?? '') - names.indexOf(b.split(' ')[0] ?? ''));
  console.table(Object.fromEntries(rows));
}
