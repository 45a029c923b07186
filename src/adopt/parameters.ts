import type { Given } from '../check/sign-ins/members.ts';
import type { Subject } from '../check/subject.ts';
import { audienceOfAddress } from '../cloud/audiences.ts';
import { isPlaceholder } from '../diagnostics/placeholder.ts';
import { keyNamed } from '../json/member.ts';
import type { Registration } from './plan.ts';

/** A parameter that a workflow is to have. All are of type String. */
export interface NewParameter {
  readonly name: string;
  /** Absent for what only somebody who deploys it can say. */
  readonly value: string | undefined;
}

/** What the sign-ins of a definition take as parameters. */
export class Parameters {
  readonly registration: Registration;
  readonly #subject: Subject;
  readonly #named: (name: string) => string;
  readonly #added = new Map<string, NewParameter>();
  /** Of each value of a kind, the name of its parameter. */
  readonly #known = new Map<string, string>();

  constructor(subject: Subject, registration: Registration, named: (name: string) => string) {
    [this.#subject, this.registration, this.#named] = [subject, registration, named];
  }

  /** Those that are not there yet. */
  get added(): readonly NewParameter[] {
    return [...this.#added.values()];
  }

  /** Why a sign-in at a host cannot be written anew; undefined where it can. */
  lacking(host: string | undefined): string | undefined {
    if (this.registration.tenantId === undefined) return 'the tenant is not known: say --tenant';
    if (this.registration.clientId === undefined) return 'the app registration is not known: say --client-id';
    return this.lacksAudience(host) ? 'the API that it calls is not known' : undefined;
  }

  /** Whether the API behind a host is not known. */
  lacksAudience(host: string | undefined): boolean {
    return audienceOf(host) === undefined;
  }

  /** What to write as the tenant, by what stands there; undefined where that stays. */
  tenant(given: Pick<Given, 'literal'> | undefined): string | undefined {
    return this.#shared('tenantId', this.registration.tenantId, given);
  }

  client(given: Pick<Given, 'literal'> | undefined): string | undefined {
    return this.#shared('clientId', this.registration.clientId, given);
  }

  audience(given: Pick<Given, 'literal'> | undefined, host: string | undefined): string | undefined {
    const value = given ? given.literal : audienceOf(host);
    if (value === undefined) return undefined;
    const known = this.#known.get(`audience ${value}`);
    if (known !== undefined) return known;
    const isFirst = ![...this.#known.keys()].some((key) => key.startsWith('audience '));
    return this.#reference('audience', value, isFirst ? 'audience' : nameFor(value));
  }

  /** The name of the certificate, as an expression without the leading `@`. */
  certificate(name: string): string {
    return this.#reference('certificate', name, 'certificateName').slice(1);
  }

  /** One that everybody shares: what is the same as the registration's, and what is not there yet. */
  #shared(name: string, value: string | undefined, given: Pick<Given, 'literal'> | undefined): string | undefined {
    if (value === undefined || (given && given.literal?.toLowerCase() !== value.toLowerCase())) return undefined;
    return this.#reference(name, value, name);
  }

  #reference(kind: string, value: string, wanted: string): string {
    const key = `${kind} ${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { parameters } = this.#subject.definition;
    for (let number = 1; ; number++) {
      const name = this.#named(number === 1 ? wanted : `${wanted}${number}`);
      const isThere =
        keyNamed(parameters, name) !== undefined || keyNamed(this.#subject.surroundings.parameters, name) !== undefined;
      if (isThere && this.#subject.parameterText(name) !== value) continue;
      if (this.#added.has(name.toLowerCase())) continue;
      if (!isThere) this.#added.set(name.toLowerCase(), { name, value });
      const reference = `@parameters('${name}')`;
      this.#known.set(key, reference);
      return reference;
    }
  }
}

/** Whether somebody is yet to fill a value in. */
export function isOpen({ written }: Given, subject: Subject): boolean {
  if (written === undefined || written === null || written === '') return true;
  return typeof written === 'string' && !subject.isComputed(written) && isPlaceholder(written);
}

function audienceOf(host: string | undefined): string | undefined {
  return host === undefined ? undefined : audienceOfAddress(`https://${host}`);
}

/** `graphAudience` for `https://graph.microsoft.com`; a number keeps two of a name apart. */
function nameFor(audience: string): string {
  const [, label = ''] = /^(?:[a-z]+:\/\/)?([A-Za-z][\w-]*)/i.exec(audience) ?? [];
  const words = label.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const camel = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  return /^[a-z]/.test(camel) && camel.length <= 40 ? `${camel}Audience` : 'audience';
}
