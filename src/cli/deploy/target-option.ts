import { Option } from 'commander';
import { targetNames } from '../../deploy/targets/target-name.ts';

/** Where a spec goes; `chooseTarget` says what it means to leave it out. */
export function targetOption(): Option {
  return new Option('-t, --target <name>', 'where to; needed where a spec names several and none is consumption').choices(
    targetNames,
  );
}
