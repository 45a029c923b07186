import { entraApp } from './entra-app.ts';
import { entraPerson } from './entra-person.ts';
import { graph } from './graph.ts';
import { keyVault } from './key-vault.ts';
import { logicApps } from './logic-apps.ts';
import { adfs, appService, openssl, windows } from './machines.ts';
import { powerAutomate } from './power-automate.ts';
import { resourceManager } from './resource-manager.ts';
import { sharepoint } from './sharepoint.ts';
import type { Trouble } from './trouble.ts';

/** All that the table has, in the order of the way: sign-in, vault, API, deployment, run, package, machines. */
export const troubles: readonly Trouble[] = [
  ...entraApp,
  ...entraPerson,
  ...adfs,
  ...keyVault,
  ...graph,
  ...sharepoint,
  ...resourceManager,
  ...logicApps,
  ...powerAutomate,
  ...appService,
  ...windows,
  ...openssl,
];
