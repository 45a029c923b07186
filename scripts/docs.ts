// Fills the generated parts of the rules' pages: summary, examples and output. The prose around them is written by hand.
import { writeFileSync } from 'node:fs';
import { rules } from '../src/check/rules/index.ts';
import { fillRulePage, pagePath } from './rule-page.ts';

for (const { name } of rules) writeFileSync(pagePath(name), fillRulePage(name));
