import { CertificateError } from '../certificate-error.ts';

/** Rounds for one whole file. Firefox asks for some 1,800,000, the most that is known; these take about five seconds at worst. */
const maximumRounds = 3_000_000;

/** Counts the rounds that a file asks for, so that a hostile one cannot keep us busy for hours. */
export class WorkLimit {
  #rounds = 0;

  /** To be asked before so many derivations of as many rounds each. Gives the rounds as a number, or throws where it is none or too many. */
  spend(iterations: number | string, derivations: number): number {
    const rounds = Number(iterations);
    if (!Number.isSafeInteger(rounds) || rounds < 1)
      throw new CertificateError('malformed', 'The file asks for an impossible number of key derivation rounds. It is damaged.');
    this.#rounds += rounds * derivations;
    if (this.#rounds > maximumRounds)
      throw new CertificateError(
        'too-much-work',
        `The file asks for more than ${maximumRounds} rounds of key derivation, which no known program writes. Export it again with fewer.`,
      );
    return rounds;
  }
}
