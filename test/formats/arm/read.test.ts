import { describe, expect, it } from 'vitest';
import { read } from '../../../src/formats/arm/read.ts';
import type { OpenedDefinition } from '../../../src/formats/reading/opened-document.ts';
import { plainDefinition } from '../../folder.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

function compose(inputs: unknown) {
  return { ...plainDefinition, actions: { C: { type: 'Compose', inputs } } };
}

function workflow(inputs: unknown, rest: object = {}) {
  return {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: 'w',
    properties: { definition: compose(inputs), ...rest },
  };
}

function open(value: object): OpenedDefinition[] {
  return read({ file: 't.json', text: JSON.stringify(value), value: { $schema: schema, ...value } });
}

function inputsOf(definition: OpenedDefinition | undefined): unknown {
  return (definition?.definition as { actions: { C: { inputs: unknown } } } | undefined)?.actions.C.inputs;
}

/** What becomes of a string of a definition. */
function filled(text: unknown, template: object = {}): unknown {
  return inputsOf(open({ resources: [workflow(text)], ...template })[0]);
}

describe('an ARM template', () => {
  it('gives each workflow with its place, name and parameters', () => {
    const found = open({
      variables: { n: 'lists' },
      resources: [
        { type: 'Microsoft.Web/connections', apiVersion: '2016-06-01', name: 'c', properties: {} },
        { ...workflow('a'), name: "[concat('hr-', variables('n'))]" },
        workflow('b', { parameters: { p: { value: "[variables('n')]" }, q: { value: '[resourceGroup().location]' } } }),
      ],
    });
    expect(found.map(({ pointer, name, host, armExpressions }) => ({ pointer, name, host, armExpressions }))).toEqual([
      { pointer: '/resources/1/properties/definition', name: 'hr-lists', host: 'consumption', armExpressions: true },
      { pointer: '/resources/2/properties/definition', name: 'w', host: 'consumption', armExpressions: true },
    ]);
    expect(found[1]?.parameters).toEqual({ p: { value: 'lists' }, q: { value: '[resourceGroup().location]' } });
  });

  it('gives workflows of resources with symbolic names and of child resources', () => {
    expect(open({ resources: { 'a/b': workflow('x') } })[0]?.pointer).toBe('/resources/a~1b/properties/definition');
    const child = { type: 'Microsoft.Other/things', name: 'o', resources: [workflow('x')] };
    expect(open({ resources: [child] })[0]?.pointer).toBe('/resources/0/resources/0/properties/definition');
  });

  it.each([
    ["[parameters('a')]", 'default'],
    ["[PARAMETERS('A')]", 'default'],
    ["[parameters('number')]", 5],
    ["[variables('v')]", 'v-default'],
    ["[variables('object').Inner[1]]", 'two'],
    ["[concat('@{body(''x'')}', '/', parameters('number'))]", "@{body('x')}/5"],
    ["[format('{0}-{{{1}}}', 'a', toUpper('b'))]", 'a-{B}'],
    ["[string(int('7'))]", '7'],
    ['[[literal]', '[literal]'],
    ['[[not closed', '[[not closed'],
    ['[not closed', '[not closed'],
  ])('fills in %s', (text, value) => {
    const template = {
      parameters: { a: { type: 'string', defaultValue: 'default' }, number: { type: 'int', defaultValue: 5 } },
      variables: { v: "[concat('v-', parameters('a'))]", object: { inner: ['one', 'two'] } },
    };
    expect(filled(text, template)).toBe(value);
  });

  it.each([
    "[parameters('secret')]",
    "[parameters('none')]",
    "[parameters('empty')]",
    "[parameters('placeholder')]",
    "[parameters('unheard')]",
    "[variables('circle')]",
    "[variables('open')]",
    '[resourceGroup().location]',
    "[contoso.unique('a')]",
    "[concat('a', resourceGroup().location)]",
    "[concat('a'",
    '[]',
  ])('leaves %s open', (text) => {
    const template = {
      parameters: {
        secret: { type: 'secureString', defaultValue: 'x' },
        none: { type: 'string' },
        empty: { type: 'string', defaultValue: '' },
        placeholder: { type: 'string', defaultValue: '<tenant id>' },
      },
      variables: { circle: "[variables('circle2')]", circle2: "[variables('circle')]", open: ['[resourceGroup().id]'] },
    };
    expect(filled(text, template)).toBe(text);
  });

  it('remembers where a string is not that of the file', () => {
    const [definition] = open({ variables: { v: 'x' }, resources: [workflow({ a: "[variables('v')]", b: '[[b]', c: 'c' })] });
    expect([...(definition?.filledIn ?? [])]).toEqual(['/actions/C/inputs/a', '/actions/C/inputs/b']);
  });

  const nested = (scope: string | undefined, inputs: unknown) => ({
    variables: { v: 'outer' },
    resources: [
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2021-04-01',
        name: 'd',
        properties: {
          ...(scope && { expressionEvaluationOptions: { scope } }),
          parameters: { p: { value: "[concat('given-', variables('v'))]" } },
          template: {
            parameters: { p: { type: 'string' } },
            variables: { v: 'inner' },
            resources: [workflow(inputs)],
          },
        },
      },
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2021-04-01',
        name: 'l',
        properties: { templateLink: { uri: 'https://x' } },
      },
    ],
  });

  it('works out a nested template in its scope, and passes over linked ones', () => {
    const place = '/resources/0/properties/template/resources/0/properties/definition';
    expect(open(nested(undefined, "[variables('v')]")).map(({ pointer }) => pointer)).toEqual([place]);
    expect(inputsOf(open(nested(undefined, "[variables('v')]"))[0])).toBe('outer');
    expect(inputsOf(open(nested(undefined, "[[variables('v')]"))[0])).toBe('inner');
    expect(inputsOf(open(nested('Inner', "[variables('v')]"))[0])).toBe('inner');
    expect(inputsOf(open(nested('inner', "[parameters('p')]"))[0])).toBe('given-outer');
    expect(inputsOf(open(nested('inner', "[[variables('v')]"))[0])).toBe("[variables('v')]");
  });

  it('reads a template that is stored for later', () => {
    const stored = {
      type: 'Microsoft.OperationalInsights/workspaces/providers/contentTemplates',
      apiVersion: '2023-04-01-preview',
      name: 's',
      properties: { mainTemplate: { variables: { v: 'inner' }, resources: [workflow("[[variables('v')]")] } },
    };
    expect(inputsOf(open({ resources: [stored] })[0])).toBe('inner');
  });

  it('does not grow without end', () => {
    const variables: Record<string, unknown> = { v0: 'x'.repeat(1000) };
    for (let index = 1; index < 60; index++)
      variables[`v${index}`] = `[concat(variables('v${index - 1}'), variables('v${index - 1}'))]`;
    expect(filled("[variables('v59')]", { variables })).toBe("[variables('v59')]");
    const groups: Record<string, unknown> = { v0: { a: 1 } };
    for (let index = 1; index < 60; index++)
      groups[`v${index}`] = { a: `[variables('v${index - 1}')]`, b: `[variables('v${index - 1}')]` };
    expect(filled("[variables('v59')]", { variables: groups })).toBe("[variables('v59')]");
  });

  it('takes anything for a template and throws nothing', () => {
    for (const resources of [null, 1, 'x', [null, 1, [], {}], { a: null }, [{ type: 'Microsoft.Logic/workflows' }]]) {
      expect(open({ resources })).toEqual([]);
    }
    expect(open({ parameters: 1, variables: [], resources: [workflow("[variables('x')]")] })).toHaveLength(1);
  });
});
