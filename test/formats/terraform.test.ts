import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseHcl } from '../../src/formats/terraform/hcl.ts';
import { templateOf } from '../../src/formats/terraform/template.ts';
import { checkFile, fix, open } from '../../src/index.ts';
import { folderOf } from '../folder.ts';

const workflow = `resource "azurerm_logic_app_workflow" "hr" {
  name                = "hr-lists"
  location            = azurerm_resource_group.rg.location
  workflow_parameters = { site = jsonencode({ type = "String", defaultValue = "https://contoso.sharepoint.com" }) }
}
resource "azurerm_logic_app_trigger_recurrence" "daily" {
  name         = "Each_day"
  logic_app_id = azurerm_logic_app_workflow.hr.id
  frequency    = "Day"
  interval     = 1
}
`;
const call = (body: string) => `resource "azurerm_logic_app_action_custom" "call" {
  name         = "Call"
  logic_app_id = azurerm_logic_app_workflow.hr.id
  body         = ${body}
}
`;
const heredoc = `<<BODY
{
  "type": "Http",
  "inputs": {
    "method": "GET",
    "uri": "https://\${var.host}/x",
    "authentication": { "type": "ActiveDirectoryOAuth", "tenant": "common", "clientId": "\${var.client}", "secret": "CANARY-7f3a" }
  },
  "runAfter": { "Gone": ["Succeeded"] }
}
BODY
`;
const encoded = `jsonencode({
  type   = "Http"
  inputs = {
    method         = "GET"
    uri            = "https://\${var.host}/x"
    authentication = { type = "ActiveDirectoryOAuth", tenant = "common", clientId = var.client, secret = "CANARY-7f3a" }
  }
  runAfter = { Gone = ["Succeeded"] }
})`;

const linesOf = async (path: string, folder: string) =>
  (await checkFile(path)).map(({ rule, file = '', range }) => `${rule} ${file.slice(folder.length + 1)}:${range?.start.line}`);

test.each([
  ['a heredoc', heredoc, ['literal-credential', 'run-after']],
  ['jsonencode', encoded, ['literal-credential', 'run-after']],
])('an action written as %s is checked where it stands, in whichever file of the module', async (_, body, rules) => {
  const folder = folderOf({ 'main.tf': workflow, 'call.tf': call(body), 'variables.tf': 'variable "host" {}\n' });
  for (const path of [folder, join(folder, 'main.tf')]) {
    const found = await linesOf(path, folder);
    for (const rule of rules) expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule} call\\.tf:\\d+$`)));
    expect(found).toContainEqual(expect.stringMatching(/^single-tenant call\.tf/));
  }
  const document = await open(join(folder, 'main.tf'));
  expect([document.format, document.definitions.map(({ name }) => name)]).toEqual(['terraform', ['hr-lists']]);
  expect(fix(document).files).toEqual([]);
});

test('an azapi resource, and a template that is deployed, are read as what they are', async () => {
  const definition = `{
      definition = {
        "$schema" = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
        contentVersion = "1.0.0.0"
        triggers = { manual = { type = "Request", kind = "Http", inputs = { schema = {} } } }
        actions = { Show = { type = "Compose", inputs = "@body('Nothing')", runAfter = {} } }
      }
    }`;
  const azapi = (body: string) => `resource "azapi_resource" "w" {
  type      = "Microsoft.Logic/workflows@2019-05-01"
  name      = "w"
  parent_id = azurerm_resource_group.rg.id
  body      = ${body}
}
`;
  for (const body of [`{ properties = ${definition} }`, `jsonencode({ properties = ${definition} })`]) {
    const folder = folderOf({ 'main.tf': azapi(body) });
    expect(await linesOf(folder, folder)).toContain('unknown-action main.tf:10');
  }
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { name: { type: 'string' } },
    resources: [
      {
        type: 'Microsoft.Logic/workflows',
        apiVersion: '2019-05-01',
        name: "[parameters('name')]",
        properties: {
          definition: {
            $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
            contentVersion: '1.0.0.0',
            triggers: {},
            actions: { Show: { type: 'Compose', inputs: "@body('Nothing')", runAfter: {} } },
          },
        },
      },
    ],
  };
  const deployment = `resource "azurerm_resource_group_template_deployment" "d" {\n  template_content = <<ARM\n${JSON.stringify(template, null, 2)}\nARM\n}\n`;
  const folder = folderOf({ 'main.tf': deployment });
  expect(await linesOf(folder, folder)).toContainEqual(expect.stringMatching(/^unknown-action main\.tf:\d+$/));
});

test.each([
  ['a name that is worked out', `${workflow}${call(heredoc).replace('"Call"', 'local.name')}`],
  ['a workflow of another module', call(heredoc).replace('azurerm_logic_app_workflow.hr.id', 'module.flows.id')],
  ['an action for each of many', `${workflow}${call(heredoc).replace('  name ', '  for_each = var.all\n  name ')}`],
  ['a body from a file', `${workflow}${call('file("call.json")')}`],
  ['a body that is merged', `${workflow}${call('jsonencode(merge(local.a, local.b))')}`],
  ['other resources', 'resource "azurerm_resource_group" "logic_app" { name = "x" }\n'],
  ['no HCL', `${workflow} resource {{{`],
  ['nothing of it', ''],
])('%s is left alone', async (_, text) => {
  const folder = folderOf({ 'main.tf': text, 'flow.json': plain });
  expect((await checkFile(folder)).filter(({ file = '' }) => file.endsWith('.tf'))).toEqual([]);
});

test('a loop that ARM writes out in an action is none of its members', async () => {
  const found = async (copy: unknown) => {
    const actions = { Each: { type: 'Compose', runAfter: {}, copy } };
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      resources: [
        {
          type: 'Microsoft.Logic/workflows',
          apiVersion: '2019-05-01',
          name: 'w',
          properties: { definition: { ...plain, actions } },
        },
      ],
    };
    const folder = folderOf({ 'azuredeploy.json': template });
    return (await checkFile(folder)).filter(({ rule }) => rule === 'unknown-member').length;
  };
  expect(await found([{ name: 'inputs', count: 2, input: "[copyIndex('inputs')]" }])).toBe(0);
  expect(await found('x')).toBe(1);
});

test.each([
  ['all parameters', 'parameters = var.all', 'Show = { type = "Compose", inputs = "@parameters(\'p\')", runAfter = {} }'],
  [
    'an action',
    '',
    'One = local.one\n Show = { type = "Compose", inputs = "@body(\'In_one\')", runAfter = { One = ["Succeeded"] } }',
  ],
  [
    'the actions of a scope',
    '',
    'S = { type = "Scope", actions = local.s, runAfter = {} }\n Show = { type = "Compose", inputs = "@body(\'In_s\')", runAfter = {} }',
  ],
  [
    'an action of a branch',
    '',
    'S = { type = "If", actions = {}, else = { actions = { A = local.a } }, expression = {}, runAfter = {} }\n Show = { type = "Compose", inputs = "@body(\'In_a\')", runAfter = {} }',
  ],
  [
    'all cases',
    '',
    'S = { type = "Switch", cases = local.c, expression = "@triggerBody()", runAfter = {} }\n Show = { type = "Compose", inputs = "@variables(\'v\')", runAfter = {} }',
  ],
  [
    'a case',
    '',
    'S = { type = "Switch", cases = { A = merge(local.c, {}) }, expression = "@triggerBody()", runAfter = {} }\n Show = { type = "Compose", inputs = "@body(\'In_c\')", runAfter = {} }',
  ],
  [
    'a type',
    '',
    'S = { type = var.t, inputs = var.i, runAfter = {} }\n Show = { type = "Compose", inputs = "@variables(\'v\')", runAfter = {} }',
  ],
  [
    'variables',
    '',
    'S = { type = "InitializeVariable", inputs = { variables = local.v }, runAfter = {} }\n Show = { type = "Compose", inputs = "@variables(\'v\')", runAfter = {} }',
  ],
])('nothing is missed where %s may be anything', async (_, parameters, actions) => {
  const body = `{ properties = { definition = {
    "$schema" = "${plain.$schema}"
    contentVersion = "1.0.0.0"
    triggers = { daily = { type = "Recurrence", recurrence = { frequency = "Day", interval = 1 } } }
    ${parameters}
    actions = {
      ${actions}
    }
  } } }`;
  const text = `resource "azapi_resource" "w" {\n  type = "Microsoft.Logic/workflows@2019-05-01"\n  name = "w"\n  body = ${body}\n}\n`;
  const folder = folderOf({ 'main.tf': text });
  const rules = (await checkFile(folder)).map(({ rule }) => rule);
  expect(rules.filter((rule) => /^unknown-(?:action|variable|parameter)$|^run-after$/.test(rule))).toEqual([]);
});

const plain = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  triggers: {},
  actions: {},
};

test.each([
  ['"a\\n\\"b\\" \\u00e4 $${c} %%{d}"', 'a\n"b" ä ${c} %{d}'],
  ['[1, 2.5, -3, true, null]', [1, 2.5, '\ue000', true, null]],
  ['{ a = 1, "b c" = { d : [] } }', { a: 1, 'b c': { d: [] } }],
  ['{ (var.k) = 1 }', '\ue000'],
  ['"x${var.y}z"', 'x\ue000z'],
  ['var.x ? 1 : 2', '\ue000'],
  ['<<-E\n  a\n  E\n', expect.stringContaining('a')],
])('the value %s', async (text, expected) => {
  const [block] = (await parseHcl(`resource "a" "b" {\n  v = ${text}\n}\n`)) ?? [];
  expect(block?.attributes.get('v')).toEqual(expected);
});

test('what is open may be anything, and a text that reads as an expression of ARM is none', async () => {
  const blocks = await parseHcl(
    `${workflow}${call('jsonencode({ type = "Compose", inputs = ["[x]", var.y, "a${var.z}"], runAfter = {} })')}`,
  );
  expect(JSON.stringify(templateOf(blocks ?? []))).toContain(
    `"inputs":["[[x]","[reference('terraform')]","[reference('terraform')]"]`,
  );
});
