import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import * as appService from '../../formats/app-service/write.ts';
import { projectJson } from '../../formats/standard-project/project.ts';
import * as standardProject from '../../formats/standard-project/write.ts';
import { type AppServiceInfrastructure, appServiceInfrastructure } from '../../infrastructure/app-service/web-app.ts';
import { knownSettings } from '../../infrastructure/app-settings.ts';
import { resolvedId } from '../../infrastructure/resolve.ts';
import { type StandardInfrastructure, standardInfrastructure } from '../../infrastructure/standard/logic-app.ts';
import { make } from '../../make/make.ts';
import type { Environment, Spec } from '../../spec/spec.ts';
import { changingRequests, named, partsOf } from './parts.ts';
import { rightsFor } from './rights.ts';
import type { AppServiceTarget, StandardTarget } from './target.ts';

/** Makes and checks what a web app gets. Throws what `generate` throws. */
export function appServiceTargetOf(spec: Spec, environment: Environment): AppServiceTarget {
  const notes: Diagnostic[] = [];
  const options = { ...named(environment), report: (note: Diagnostic) => notes.push(note) };
  const format = { name: 'app-service', host: 'consumption', ...appService } as const;
  const infrastructure = make(spec, format, options, appServiceInfrastructure);
  const { newSite, site: _, ...place } = infrastructure.target;
  return {
    ...siteParts(spec, environment, infrastructure),
    targetName: 'app-service',
    place: { ...place, ...(newSite && { location: newSite.location }) },
    notes,
    rights: rightsFor(infrastructure),
    role: 'Website Contributor',
  };
}

/** Makes and checks a workflow for Logic Apps (Standard). Throws what `generate` throws. */
export function standardTargetOf(spec: Spec, environment: Environment): StandardTarget {
  const notes: Diagnostic[] = [];
  const options = { ...named(environment), report: (note: Diagnostic) => notes.push(note) };
  const format = { name: 'standard-project', host: 'standard', ...standardProject } as const;
  const { infrastructure, definition, files, zip } = make(spec, format, options, (input) => {
    const infrastructure = standardInfrastructure(input);
    const { definition } = input;
    return {
      infrastructure,
      definition,
      files: projectJson(input, infrastructure),
      zip: standardProject.pack(input).contents,
    };
  });
  const { newSite, site, ...target } = infrastructure.target;
  return {
    ...siteParts(spec, environment, infrastructure),
    targetName: 'standard',
    place: target,
    notes,
    workflowName: infrastructure.workflowName,
    runs: { subscription: target.subscription, resourceGroup: target.resourceGroup, name: infrastructure.workflowName, site },
    changingRequests: changingRequests(spec),
    definition,
    zip,
    files,
    rights: [...rightsFor(infrastructure), 'Microsoft.Web/sites/publish/action'],
    role: newSite ? 'Contributor' : 'Website Contributor',
  };
}

function siteParts(spec: Spec, environment: Environment, infrastructure: AppServiceInfrastructure | StandardInfrastructure) {
  const { site: name, newSite } = infrastructure.target;
  const parts = partsOf(spec, environment, infrastructure, `${name}-${spec.name}`);
  return {
    ...parts,
    site: { id: resolvedId(infrastructure.site, parts.known), name, isNew: newSite !== undefined },
    settings: knownSettings(infrastructure.deployedSettings, parts.known),
  };
}
