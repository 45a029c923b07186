import type { ActionEntry } from '../../../definition/walk.ts';
import { expressionsOf, referenceOf } from '../../../expression/references.ts';
import type { Call, Expression } from '../../../expression/syntax.ts';
import type { Rule } from '../../rule.ts';
import { certificatesGiven } from '../../sign-ins/sign-ins.ts';
import type { Subject } from '../../subject.ts';
import { vaultRead } from '../../vault-read.ts';

export const pfxSource: Rule = {
  name: 'pfx-source',
  severity: 'warning',
  category: 'correctness',
  summary: 'pfx is the value of the secret that belongs to the certificate: nothing else in the vault has the private key',
  check: (subject, report) => {
    for (const { template, pointer } of certificatesGiven(subject)) {
      const [expression] = template ? expressionsOf(template) : [];
      const problem = expression && problemOf(subject, expression, 0);
      if (problem) report({ pointer, ...problem });
    }
  },
};

const help = "read the secret of the same name with Get secret, and write @body('Get_secret')?['value']";

/** How many steps back a value is looked for: through Compose, and no further. */
const mostSteps = 3;

function problemOf(subject: Subject, expression: Expression, step: number): { message: string; help: string } | undefined {
  if (expression.kind !== 'call') return undefined;
  if (/^(?:base64ToString|base64ToBinary|decodeBase64)$/i.test(expression.name))
    return {
      message: `pfx goes through ${expression.name}(), and the sign-in takes the base64 text itself`,
      help: `take ${expression.name}() off: @body('Get_secret')?['value']`,
    };
  const [first] = expression.arguments;
  if (first && /^(?:string|trim|coalesce|concat)$/i.test(expression.name)) return problemOf(subject, first, step);
  const reference = referenceOf(expression);
  if (reference?.kind !== 'action' || reference.name === undefined) return undefined;
  const source = subject.actionNamed(reference.name);
  if (!source) return undefined;
  const path = keysOf(expression);
  if (source.typeWord === 'compose' && step < mostSteps) {
    const composed = subject.templateAt(`${source.pointer}/inputs`)?.template;
    const [inner] = composed ? expressionsOf(composed) : [];
    return inner && path.length === 0 ? problemOf(subject, inner, step + 1) : undefined;
  }
  return ofVault(subject, source, path);
}

/** What is wrong with a member of what an action reads from a vault. */
function ofVault(subject: Subject, source: ActionEntry, path: readonly string[]) {
  const read = vaultRead(subject, source);
  if (!read) return undefined;
  // That the connector has no such operation is told where it is called.
  if (read.collection === 'certificates' && read.by === 'connector') return undefined;
  if (read.collection === 'certificates')
    return {
      message:
        path.at(-1) === 'cer'
          ? `"cer" of "${source.name}" is the certificate without its private key`
          : `"${source.name}" reads a certificate, and no member of that has the private key`,
      about: { found: 'cer', others: [source.name] },
      help,
    };
  if (read.collection !== 'secrets') return undefined;
  if (read.part !== 'value')
    return {
      message: `"${source.name}" reads what the vault tells about a secret, not its value: pfx is null`,
      about: { found: source.name },
      help: 'add /value to the path (the operation Get secret)',
    };
  const member = path.at(-1);
  if (member === 'value' || member === undefined) return undefined;
  return {
    message: `pfx is "${member}" of "${source.name}", and the certificate is in "value"`,
    about: { found: member, others: [source.name, 'value'] },
    help: "write @body('Get_secret')?['value']",
  };
}

/** The names by which a value is picked: `value` of `body('A')?['value']`, of `outputs('A')['body/value']` too. */
function keysOf({ accesses }: Call): string[] {
  return accesses.flatMap(({ key }) => (key.kind === 'string' ? key.value.toLowerCase().split('/') : []));
}
