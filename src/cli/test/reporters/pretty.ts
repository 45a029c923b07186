import { type Line, painted } from '../../../diagnostics/line.ts';
import { countsOf } from '../coverage.ts';
import { findingsOf, type Reporter } from './reporter.ts';

/** For a person: a line for each case, then the findings with the lines of the test file. */
export const pretty: Reporter = (files, { passed, failed, mistakes }, output, coverage = []) => {
  for (const one of files) {
    const lines = (one.result?.cases ?? []).map(
      ({ name, failures }): Line => [failures.length === 0 ? painted('ok', '  passed  ') : painted('error', '  failed  '), name],
    );
    output.result([[painted('strong', one.file)], ...lines]);
    output.diagnostics(findingsOf(one));
  }
  for (const { file, name, parts, findings } of coverage) {
    const counts = countsOf(parts).filter(({ all }) => all > 0);
    const words = counts.map(({ words, reached, all }) => `${reached} of ${all} ${words}`).join(', ');
    output.result([[painted('strong', name ?? file), `: cases reach ${words || 'nothing, for nothing is in it'}`]]);
    output.diagnostics(findings);
  }
  output.note(
    `${passed} passed, ${failed} failed${mistakes === 0 ? '' : `, ${mistakes} ${mistakes === 1 ? 'mistake' : 'mistakes'} in the tests`}`,
  );
};
