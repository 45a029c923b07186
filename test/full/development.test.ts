import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { generate } from '../../src/index.ts';
import { dotnetEnvironment } from '../dotnet.ts';
import { folderOf } from '../folder.ts';
import { specOf } from '../specs.ts';

const localId = '99999999-9999-9999-9999-999999999999';
const productionId = '22222222-2222-2222-2222-222222222222';
const appService = { subscription: '33333333-3333-3333-3333-333333333333', resourceGroup: 'rg-web', site: 'app-contoso' };
const settings = 'local.user.settings.json';

const generated = generate(
  specOf({ targets: { appService }, environments: { prod: {}, local: { appRegistration: { clientId: localId } } } }),
  { format: 'app-service', environment: 'prod' },
);
const contents = (path: string) => String(generated.find((file) => file.path === path)?.contents);

/** What the README says, taken from there, so that what is tried is what is read. */
const block = (language: string, word: string) => {
  const blocks = [...contents('README.md').matchAll(new RegExp(`^\`\`\`${language}\n([^\`]*)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );
  const found = blocks.filter((text) => text.includes(word));
  expect(found).toHaveLength(1);
  return found[0] ?? '';
};

const says = (configuration: string) => `Console.WriteLine(${configuration}["ClientId"]);`;

const apps = [
  {
    name: 'web app',
    variable: 'ASPNETCORE_ENVIRONMENT',
    sdk: 'Microsoft.NET.Sdk.Web',
    properties: '',
    packages: '',
    item: block('xml', '<Content'),
    program: `using HrListsAuth;
var builder = WebApplication.CreateBuilder(args);
${block('csharp', 'builder.Environment')}
${says('builder.Configuration')}
`,
    more: {},
  },
  {
    name: 'Function App',
    variable: 'AZURE_FUNCTIONS_ENVIRONMENT',
    sdk: 'Microsoft.NET.Sdk',
    properties: '<AzureFunctionsVersion>v4</AzureFunctionsVersion><OutputType>Exe</OutputType>',
    packages: `<PackageReference Include="Microsoft.Azure.Functions.Worker" Version="2.52.0" />
    <PackageReference Include="Microsoft.Azure.Functions.Worker.Sdk" Version="2.1.0" />`,
    item: block('xml', '<None'),
    program: `using HrListsAuth;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
${block('csharp', 'HostBuilder')}
${says('host.Services.GetRequiredService<IConfiguration>()')}
`,
    more: { 'app/host.json': { version: '2.0' } },
  },
] as const;

/** An app that does what the README says, with the settings of a developer beside its project, and a function that publishes and runs it. */
function project(context: TestContext, app: (typeof apps)[number], mended: (text: string) => string = (text) => text) {
  const library = generated.filter(({ path }) => path.startsWith('csharp/HrListsAuth/'));
  const folder = folderOf({
    ...Object.fromEntries(library.map(({ path, contents }) => [path.replace('csharp', 'library'), contents])),
    ...app.more,
    'app/Program.cs': mended(app.program),
    'app/app.csproj': `<Project Sdk="${app.sdk}">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    ${app.properties}
  </PropertyGroup>
  <ItemGroup>
    ${app.packages}
    <ProjectReference Include="../library/HrListsAuth/HrListsAuth.csproj" />
  </ItemGroup>
  ${mended(app.item)}
</Project>
`,
    [`app/${settings}`]: contents(`csharp/${settings}`),
  });
  const env = { ...process.env, ...dotnetEnvironment(folder) };
  const dotnet = (cwd: string, args: readonly string[], more = {}) =>
    spawnSync('dotnet', args, { cwd, encoding: 'utf8', env: { ...env, ...more } });
  const restored = dotnet(join(folder, 'app'), ['restore']);
  if (restored.status !== 0) {
    const reason = `its packages cannot be had: ${restored.error?.message ?? restored.stdout.trim().split('\n').at(-1)}`;
    process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
    context.skip(reason);
  }
  const published = join(folder, 'published');
  const { status, stdout } = dotnet(join(folder, 'app'), ['publish', '--no-restore', '-o', published]);
  expect([status, status === 0 ? '' : stdout]).toEqual([0, '']);
  const signsInAs = (environment?: string) => {
    const set = { ClientId: productionId, ...(environment === undefined ? {} : { [app.variable]: environment }) };
    const ran = dotnet(published, ['app.dll'], set);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    return ran.stdout.trim();
  };
  const putSettingsThere = () => cpSync(join(folder, 'app', settings), join(published, settings));
  return { published, signsInAs, putSettingsThere };
}

for (const app of apps) {
  test(`a ${app.name} leaves a developer's settings at home, and reads them while it is debugged only`, (context) => {
    const { published, signsInAs, putSettingsThere } = project(context, app);
    expect(existsSync(join(published, settings))).toBe(false);
    expect([signsInAs(), signsInAs('Production'), signsInAs('Development')]).toEqual(Array(3).fill(productionId));
    // Even where they got there in another way.
    putSettingsThere();
    expect([signsInAs(), signsInAs('Production')]).toEqual([productionId, productionId]);
    expect(signsInAs('Development')).toBe(localId);
  });

  test(`a ${app.name} without those lines takes them along, and signs in as the developer`, (context) => {
    const before = (text: string) =>
      text.replace(' CopyToPublishDirectory="Never"', '').replace(/^ *if \(.*IsDevelopment\(\)\)\n/m, '');
    const { published, signsInAs } = project(context, app, before);
    expect(existsSync(join(published, settings))).toBe(true);
    expect(signsInAs()).toBe(localId);
  });
}
