/** How certflow was called: what a command that it prints has to say as well, so that it runs as it stands. */
export interface Call {
  /** What the shell is asked for, word by word: `certflow`, or `npx certflow`. Default: `certflow`. */
  readonly program?: readonly string[];
  /** Paths of the specs, or of folders with specs. None where no spec is looked at. */
  readonly specs?: readonly string[];
  /** Names of environments. None where none has to be named. */
  readonly environments?: readonly string[];
  /** Value of `--target`. */
  readonly target?: string;
  /** Options that say which cloud it is and who signs in, each with its value: `['--cloud-file', 'azure/cloud.json']`. */
  readonly cloud?: readonly (readonly string[])[];
}

/** The part of a call that a cloud file makes. */
export function inCloud(cloudFile: string | undefined): Pick<Call, 'cloud'> {
  return cloudFile === undefined ? {} : { cloud: [['--cloud-file', cloudFile]] };
}
