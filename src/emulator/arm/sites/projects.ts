import { randomUUID } from 'node:crypto';
import { textOf } from '../../../document/file-tree.ts';
import { unzip, ZipError } from '../../../document/unzip.ts';
import { type Answer, ok, refuse } from '../../http/answer.ts';
import type { Call, Routes } from '../../http/router.ts';
import type { ArmResource } from '../../state.ts';
import type { World } from '../../world.ts';
import { siteNamed } from '../providers/sites.ts';
import { authorize } from '../role-assignments.ts';

/** A project of the size that the emulator keeps. */
const limits = { entries: 1000, bytes: 20e6, ratio: 250 };

/**
 * What takes the projects of apps: Kudu, which in Azure has a host of its own. Requests and answers: Kudu's wiki, "Deploying from a zip
 * file or url"; numbers: dotnet/sdk, DeploymentStatus.
 */
export function projectRoutes(world: World): Routes {
  const siteOf = ({ caller, params }: Call): ArmResource => {
    const site = siteNamed(world, params.site ?? '');
    if (site === undefined) refuse(404, 'NotFound', `There is no app '${params.site}'.`);
    authorize(world, caller, 'Microsoft.Web/sites/publish/action', site.id);
    return site;
  };
  return {
    'POST /scm/{site}/api/zipdeploy': (call) => take(world, siteOf(call), call),
    // Source: Kudu's wiki, "REST API", VFS.
    'DELETE /scm/{site}/api/vfs/site/wwwroot/{folder*}': (call) => {
      const key = siteOf(call).id.toLowerCase();
      const project = world.state.projects.get(key);
      const within = `${call.params.folder?.replace(/\/$/, '')}/`;
      const rest = Object.entries(project?.files ?? {}).filter(([path]) => !path.startsWith(within));
      if (project === undefined || rest.length === Object.keys(project.files).length)
        refuse(404, 'NotFound', `There is no folder '${within}'.`);
      world.state.projects.set(key, { ...project, files: Object.fromEntries(rest) });
      return { status: 200 };
    },
    'GET /scm/{site}/api/deployments/{id}': (call) => {
      const project = world.state.projects.get(siteOf(call).id.toLowerCase());
      if (project === undefined || ![project.deployment, 'latest'].includes(call.params.id ?? ''))
        refuse(404, 'NotFound', 'There is no such deployment.');
      const { deployment: id, status, message } = project;
      return ok({ id, status, status_text: message, message: 'Created via a push deployment', complete: status > 2 });
    },
  };
}

async function take(world: World, site: ArmResource, call: Call): Promise<Answer> {
  const { projects } = world.state;
  const key = site.id.toLowerCase();
  const before = projects.get(key);
  if (before && before.status < 3)
    refuse(409, 'Conflict', 'There is a deployment currently in progress. Please try again later.');
  const deployment = randomUUID();
  const files = before?.files ?? {};
  projects.set(key, { deployment, status: 2, message: 'Deploying', files });
  // A zip comes with one character for each byte; see `listen.ts`.
  const bytes = Buffer.from(call.text, 'latin1');
  world.goOn(async () => {
    await world.pause(world.pace.step);
    try {
      const sent = await unzip(bytes, { name: 'the project', wanted: () => true, limits });
      const texts = sent.paths.map((path) => [path, textOf(sent, path) ?? '']);
      projects.set(key, { deployment, status: 4, message: '', files: Object.fromEntries(texts) });
    } catch (error) {
      const message = error instanceof ZipError ? `The zip cannot be read: ${error.message}` : 'The emulator was ended.';
      projects.set(key, { deployment, status: 3, message, files });
    }
  });
  return { status: 202, headers: { location: `${world.addresses.arm}/scm/${site.name}/api/deployments/${deployment}` } };
}
