import { clouds } from '../../cloud/clouds.ts';
import template from '../../generated/templates/power-automate/IMPORT.md.js';
import { needCertificate } from '../../spec/needs.ts';
import { render } from '../../text/render.ts';
import { powerAutomate } from '../../troubles/power-automate.ts';
import type { WriteInput } from '../format.ts';
import type { Solution } from '../solution/model.ts';
import { connectorsOf } from './connectors.ts';

interface Packed {
  /** Of the workflow's parameters, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Absent for a legacy package. */
  readonly solution?: Solution;
  /** Name of the file with the values, beside a solution. */
  readonly settings?: string;
}

/** IMPORT.md: click by click what the person does who imports the package, with the names of this spec. */
export function importGuide(input: WriteInput, { values, solution, settings = '' }: Packed): string {
  const { spec, environment, workflow, definition } = input;
  const { targets, cloud, appRegistration } = environment;
  const { vault, certificate } = needCertificate(spec, environment, 'nothing that Power Automate could do');
  const connectors = connectorsOf(definition);
  const unmanaged = `${solution?.manifest.uniqueName}.zip`;
  const managed = `${solution?.manifest.uniqueName}_managed.zip`;
  const packageName = `${workflow.name}.zip`;
  const others = connectors.filter(({ name }) => name !== 'shared_keyvault').map(({ name }) => name);
  return render(template, {
    workflow: workflow.name,
    picture: input.picture(),
    environment: environment.name,
    file: spec.source.fileName,
    files: solution
      ? [
          { name: unmanaged, what: 'the solution, unmanaged: it can be changed where it is imported' },
          { name: managed, what: 'the same, managed: locked where it is imported' },
          { name: 'source/', what: 'its files, for source control and for packing with pac' },
          { name: settings, what: 'the values of this environment, for tools' },
        ]
      : [
          { name: packageName, what: 'the package' },
          { name: 'source/', what: 'its files, to look at' },
        ],
    portal: clouds[cloud].powerAutomatePortal,
    vault: vault.name,
    isPolicyVault: vault.access === 'policy',
    certificate: certificate.name,
    connectionOwner: targets.powerAutomate?.connectionOwner ?? '',
    otherConnectors: [...new Set(others)].map((name, index, { length }) => ({ name, last: index === length - 1 })),
    isSolution: solution !== undefined,
    unmanaged,
    managed,
    settings,
    package: packageName,
    bringsValues: input.withValues,
    turnedOn: targets.powerAutomate?.turnedOn === true,
    references: connectors.map(({ name, displayName }, index) => ({
      isKeyVault: name === 'shared_keyvault',
      connector: name,
      displayName: solution?.connectionReferences[index]?.displayName ?? displayName,
      vault: vault.name,
    })),
    variables: workflow.parameters.map(({ name, meaning }, index) => ({
      displayName: solution?.variables[index]?.displayName ?? name,
      meaning,
      value: values[name],
    })),
    tenant: appRegistration.tenantId ?? '',
    isManual: spec.trigger.manual !== undefined,
    isRecurrence: spec.trigger.recurrence !== undefined,
    isRequest: spec.trigger.request !== undefined,
    isForTenant: targets.powerAutomate?.callers === 'tenant',
    callers: targets.powerAutomate?.callers ?? '',
    problems: problemsOf(solution ? 'solution' : 'flow-package'),
  });
}

/** What imports and first runs are known to say. */
function problemsOf(format: 'solution' | 'flow-package') {
  return powerAutomate.flatMap(({ atImport, cause, cure }) =>
    atImport && (atImport.format ?? format) === format ? [{ symptom: atImport.symptom, cure: `${cause} ${cure}` }] : [],
  );
}
