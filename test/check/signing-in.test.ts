import { describe, expect, test } from 'vitest';
import { type CheckOptions, check } from '../../src/index.ts';

const tenant = '11111111-1111-1111-1111-111111111111';
const client = '22222222-2222-2222-2222-222222222222';
const secured = { secureData: { properties: ['inputs', 'outputs'] } };
const getSecret = (path = "/secrets/@{encodeURIComponent('cert')}/value") => ({
  type: 'ApiConnection',
  inputs: { host: { connection: { name: "@parameters('$connections')['keyvault']['connectionId']" } }, method: 'get', path },
  runAfter: {},
  runtimeConfiguration: secured,
});
const call = (inputs: object, after = 'Get_secret') => ({
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://contoso.sharepoint.com/_api/web', headers: { accept: 'application/json' }, ...inputs },
  runAfter: { [after]: ['Succeeded'] },
  runtimeConfiguration: secured,
});
const oauth = (members: object) => ({
  type: 'ActiveDirectoryOAuth',
  tenant,
  audience: 'https://contoso.sharepoint.com',
  clientId: client,
  pfx: "@body('Get_secret')?['value']",
  password: '',
  ...members,
});
const signedIn = (members: object, source: object = getSecret()) => ({
  Get_secret: source,
  Call: call({ authentication: oauth(members) }),
});
/** A token request by hand. */
const asks = (uri: string, body: string) => ({
  Get_secret: getSecret(),
  Token: call({ method: 'POST', uri, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }),
});
const secret = "client_secret=@{encodeURIComponent(body('Get_secret')?['value'])}";
const entra = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
const form = `grant_type=client_credentials&client_id=${client}&${secret}`;

function found(actions: object, rest: object = {}, options: CheckOptions = { host: 'consumption' }): string[] {
  const definition = {
    $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    triggers: { manual: { type: 'Request', kind: 'Http' } },
    actions,
    ...rest,
  };
  return check(definition, options).map(
    ({ severity, rule, pointer }) => `${severity} ${rule} ${pointer.replace(/.*\/(?=\w+\/\w+$)/, '')}`,
  );
}

describe('sign-ins that have ended', () => {
  const acsBody = (host: string) =>
    `grant_type=client_credentials&client_id=${client}@${tenant}&${secret}&resource=00000003-0000-0ff1-ce00-000000000000/${host}@${tenant}`;
  const acs = `https://accounts.accesscontrol.windows.net/${tenant}/tokens/oAuth/2`;

  test('ACS by the address alone, in any case of letters', () => {
    expect(found(asks(acs.toUpperCase().replace('HTTPS', 'https'), 'x=1'))).toContain('warning retired-sign-in inputs/uri');
  });

  test('ACS by its resource alone, where the address comes from elsewhere', () => {
    const uri = "@{parameters('acs')}/tokens/OAuth/2";
    const rest = { parameters: { $connections: { type: 'Object', defaultValue: {} }, acs: { type: 'String' } } };
    const actions = asks(uri, acsBody('contoso.sharepoint.com'));
    expect(found(actions, rest, { host: 'standard' })).toContain('warning retired-sign-in inputs/body');
  });

  test('ACS in the default of a parameter', () => {
    const rest = {
      parameters: { $connections: { type: 'Object', defaultValue: {} }, acs: { type: 'String', defaultValue: acs } },
    };
    expect(found(asks("@parameters('acs')", 'x=1'), rest)).toContain('warning retired-sign-in acs/defaultValue');
  });

  test('not the ACS of a farm', () => {
    expect(found(asks(acs, acsBody('sp.contoso.local'))).join()).not.toContain('retired-sign-in');
  });

  test.each([
    [
      'as an address',
      call({
        uri: 'https://graph.windows.net/contoso.com/users?api-version=1.6',
        authentication: oauth({ audience: 'https://graph.windows.net/' }),
      }),
    ],
    ['as an audience', call({ uri: 'https://example.com', authentication: oauth({ audience: 'https://graph.windows.net' }) })],
  ])('Azure AD Graph %s, once', (_, Call) => {
    expect(found({ Get_secret: getSecret(), Call }).filter((line) => line.includes('retired-sign-in'))).toHaveLength(1);
  });

  test('not a host that is only called alike', () => {
    const uri = 'https://my-graph.windows.net.contoso.com/x';
    expect(found({ Get_secret: getSecret(), Call: call({ uri }) }).join()).not.toContain('retired-sign-in');
  });
});

describe('values of a sign-in', () => {
  test.each<[string, object, string | undefined]>([
    ['a client id with a line break behind it', { clientId: `${client}\n` }, 'warning client-id authentication/clientId'],
    ['a client id in braces', { clientId: `{${client}}` }, 'warning client-id authentication/clientId'],
    ['the address of an application', { clientId: 'api://hr-lists' }, 'warning client-id authentication/clientId'],
    ['a client id in capitals', { clientId: client.toUpperCase() }, undefined],
    [
      'a tenant that is the admin site',
      { tenant: 'contoso-admin.sharepoint.com' },
      'warning single-tenant authentication/tenant',
    ],
    [
      'a tenant of the US Government that is a site',
      { tenant: 'contoso.sharepoint.us' },
      'warning single-tenant authentication/tenant',
    ],
    ['a domain of its own', { tenant: 'sharepoint-people.com' }, undefined],
    [
      'the address of a managed HSM',
      { audience: 'https://hsm1.managedhsm.azure.net' },
      'warning audience authentication/audience',
    ],
    [
      'a client secret for SharePoint',
      { pfx: undefined, password: undefined, secret: "@body('Get_secret')?['value']" },
      'warning sharepoint-secret authentication/secret',
    ],
  ])('%s', (_, members, expected) => {
    const lines = found(signedIn(members)).filter((line) => /client-id|single-tenant|audience |sharepoint-secret/.test(line));
    expect(lines).toEqual(expected === undefined ? [] : [expected]);
  });

  test('a client certificate shown to Graph', () => {
    const authentication = { type: 'ClientCertificate', pfx: "@body('Get_secret')?['value']", password: '' };
    const Call = call({ uri: 'https://graph.microsoft.com/v1.0/sites', authentication });
    expect(found({ Get_secret: getSecret(), Call })).toContain('warning client-certificate-host authentication/type');
    const other = call({ uri: 'https://api.contoso.com/x', authentication });
    expect(found({ Get_secret: getSecret(), Call: other }).join()).not.toContain('client-certificate-host');
  });

  test.each<[string, string, string, string[]]>([
    ['two scopes of a person', entra, `${form}&scope=Mail.Send%20User.Read`, ['warning token-request inputs/body']],
    ['a scope that is encoded', entra, `${form}&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default`, []],
    [
      'a resource at the second address',
      entra,
      `${form}&resource=https://graph.microsoft.com`,
      ['warning token-request inputs/body'],
    ],
    ['a resource at the first address', entra.replace('v2.0/', ''), `${form}&resource=https://graph.microsoft.com`, []],
    [
      'the address of one vault',
      entra.replace('v2.0/', ''),
      `${form}&resource=https://kv-x.vault.azure.net`,
      ['warning token-request inputs/body'],
    ],
    [
      'a body that concat() makes',
      entra,
      `@concat('grant_type=client_credentials&client_id=', '${client}', '&client_secret=', body('Get_secret')?['value'], '&scope=https://graph.microsoft.com/User.Read')`,
      ['warning token-request inputs/body'],
    ],
    ['a scope that is computed', entra, `${form}&scope=@{variables('scope')}`, []],
    ['a person that signs in', entra, `grant_type=password&client_id=${client}&scope=User.Read`, []],
    [
      'a secret for SharePoint',
      entra,
      `${form}&scope=https://contoso.sharepoint.com/.default`,
      ['warning sharepoint-secret inputs/body'],
    ],
    [
      'an assertion for SharePoint',
      entra,
      `grant_type=client_credentials&client_id=${client}&client_assertion=@{body('Get_secret')?['value']}&scope=https://contoso.sharepoint.com/.default`,
      [],
    ],
    [
      'a name for a client id',
      entra,
      `grant_type=client_credentials&client_id=my-app&${secret}&scope=https://graph.microsoft.com/.default`,
      ['warning client-id inputs/body'],
    ],
    [
      'a site for a tenant',
      entra.replace(tenant, 'contoso.sharepoint.com'),
      `${form}&scope=https://graph.microsoft.com/.default`,
      ['warning single-tenant inputs/uri'],
    ],
    ['another service', 'https://id.contoso.com/oauth2/token', `${form}&scope=read`, []],
  ])('a token request: %s', (_, uri, body, expected) => {
    const lines = found(asks(uri, body)).filter((line) => /token-request|client-id|single-tenant|sharepoint-secret/.test(line));
    expect(lines).toEqual(expected);
  });
});

describe('what the pfx is', () => {
  const byHttp = (path: string) =>
    call(
      {
        uri: `https://kv-x.vault.azure.net/${path}?api-version=7.4`,
        authentication: { type: 'ManagedServiceIdentity', audience: 'https://vault.azure.net' },
      },
      '',
    );

  test.each<[string, object, string, string[]]>([
    [
      'the public half, picked from the outputs',
      byHttp('certificates/cert'),
      "@outputs('Get_secret')?['body']?['cer']",
      ['warning pfx-source authentication/pfx'],
    ],
    [
      'the public half of a version',
      byHttp('certificates/cert/0123456789abcdef0123456789abcdef'),
      "@{body('Get_secret')['cer']}",
      ['warning pfx-source authentication/pfx'],
    ],
    ['the type of the secret', getSecret(), "@body('Get_secret')?['contentType']", ['warning pfx-source authentication/pfx']],
    [
      'metadata',
      getSecret("/secrets/@{encodeURIComponent('cert')}/metadata"),
      "@body('Get_secret')?['value']",
      ['warning pfx-source authentication/pfx'],
    ],
    ['bytes', getSecret(), "@base64ToBinary(body('Get_secret')?['value'])", ['warning pfx-source authentication/pfx']],
    [
      'text out of base64',
      getSecret(),
      "@base64ToString(body('Get_secret')?['value'])",
      ['warning pfx-source authentication/pfx'],
    ],
    [
      'the list of certificates',
      getSecret('/certificates'),
      "@body('Get_secret')?['value']",
      ['warning certificate-identifier inputs/path'],
    ],
    [
      'a version that is written out, by the connector',
      getSecret("/secrets/@{encodeURIComponent('cert')}/versions/0123456789abcdef0123456789abcdef/value"),
      "@body('Get_secret')?['value']",
      [],
    ],
    [
      'the secret of a version',
      getSecret("/secrets/@{encodeURIComponent('cert')}/@{encodeURIComponent('0123456789abcdef0123456789abcdef')}/value"),
      "@body('Get_secret')?['value']",
      [],
    ],
    ['the secret by HTTP', byHttp('secrets/cert'), "@body('Get_secret')?['value']", []],
    [
      'what a function of another connector gives',
      {
        ...getSecret(),
        inputs: {
          ...getSecret().inputs,
          host: { connection: { name: "@parameters('$connections')['registry']['connectionId']" } },
          path: '/certificates/x',
        },
      },
      "@body('Get_secret')?['cer']",
      [],
    ],
  ])('%s', (_, source, pfx, expected) => {
    const lines = found(signedIn({ pfx }, { ...source, runAfter: {} })).filter((line) =>
      /pfx-source|certificate-identifier|secret-name/.test(line),
    );
    expect(lines).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['a blank in it', '/secrets/hr%20cert/value', ['warning secret-name inputs/path']],
    ['a dot in it', "/secrets/@{encodeURIComponent('hr.cert')}/value", ['warning secret-name inputs/path']],
    [
      'a parameter that has it',
      "/secrets/@{encodeURIComponent(parameters('secretName'))}/value",
      ['warning secret-name inputs/path'],
    ],
    ['a placeholder', "/secrets/@{encodeURIComponent('<secret_name>')}/value", []],
    ['a name that can be', "/secrets/@{encodeURIComponent('HR-Cert-1')}/value", []],
  ])('the name of a secret: %s', (_, path, expected) => {
    const parameters = {
      $connections: { type: 'Object', defaultValue: {} },
      secretName: { type: 'String', defaultValue: 'hr_cert' },
    };
    expect(found(signedIn({}, getSecret(path)), { parameters }).filter((line) => line.includes('secret-name'))).toEqual(expected);
  });

  test('a password beside a certificate of the vault is advised against, a password that is empty or stored with a PFX is not', () => {
    const parameters = {
      $connections: { type: 'Object', defaultValue: {} },
      pw: { type: 'SecureString' },
      pfx: { type: 'SecureString' },
      none: { type: 'String', defaultValue: '' },
    };
    const advice = (members: object) =>
      found(signedIn(members), { parameters }).filter((line) => line.includes('vault-certificate-password'));
    expect(advice({ password: "@parameters('pw')" })).toHaveLength(1);
    expect(advice({ password: "@parameters('none')" })).toEqual([]);
    expect(advice({ password: "@parameters('pw')", pfx: "@parameters('pfx')" })).toEqual([]);
  });
});

test('a property that a secret has not is named, with those that it has', () => {
  const definition = {
    $schema: 'x',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    triggers: { manual: { type: 'Request', kind: 'Http' } },
    actions: signedIn({ pfx: "@body('Get_secret')?['valeu']" }),
  };
  const told = check(definition, { host: 'consumption' }).find(({ rule }) => rule === 'unknown-property');
  expect(told?.message).toBe('the value has no property `valeu`');
  expect(told?.help).toBe('did you mean `value`?');
});

describe('JSON in a text', () => {
  const sends = (body: unknown) =>
    found({ Get_secret: getSecret(), Call: call({ method: 'POST', body }) }).filter((line) => line.includes('json-as-text'));

  test.each([
    ['alone', '{ "a": 1 }'],
    ['with a value in quotes', `{ "a": "@{triggerBody()?['a']}" }`],
    ['with a value that is a number', `[@{length(triggerBody()?['a'])}]`],
  ])('%s', (_, body) => {
    expect(sends(body)).toEqual(['info json-as-text inputs/body']);
  });

  test.each([
    ['an object', { a: "@{triggerBody()?['a']}" }],
    ['an expression', "@triggerBody()?['a']"],
    ['a form', 'a=1&b={c}'],
    ['braces that are no JSON', '{ a: 1 }'],
  ])('is not %s', (_, body) => {
    expect(sends(body)).toEqual([]);
  });
});

describe('kinds and time zones', () => {
  const request = (kind: string) => ({ triggers: { manual: { type: 'Request', kind, inputs: { schema: {} } } } });
  const wait = { Wait: { type: 'Compose', inputs: 1, runAfter: {} } };

  test.each<[string, CheckOptions['host'], string[]]>([
    ['Button', 'consumption', ['warning operation-kind manual/kind']],
    ['powerappv2', 'standard', ['warning operation-kind manual/kind']],
    ['Button', 'power-automate', []],
    ['Http', 'standard', []],
    ['Button', undefined, []],
  ])('a Request of kind %s in %s', (kind, host, expected) => {
    expect(found(wait, request(kind), host ? { host } : {}).filter((line) => line.includes('operation-kind'))).toEqual(expected);
  });

  test('a Response for an app in Logic Apps', () => {
    const Answer = { type: 'Response', kind: 'PowerApp', inputs: { statusCode: 200 }, runAfter: {} };
    expect(found({ Answer })).toEqual(['warning operation-kind Answer/kind']);
  });

  const zone = (timeZone: string, rest: object = { startTime: '2026-01-05T06:00:00' }) => ({
    triggers: { R: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1, timeZone, ...rest } } },
  });
  test.each<[string, string | undefined]>([
    ['W. Europe Standard Time', undefined],
    ['w. europe standard time', undefined],
    ['Kamchatka Standard Time', undefined],
    ['UTC+13', undefined],
    ['Europe/Kyiv', 'write FLE Standard Time'],
    ['America/Argentina/Buenos_Aires', 'write Argentina Standard Time'],
    ['US/Pacific', 'write Pacific Standard Time'],
    ['Etc/UTC', 'write UTC'],
    ['Central European Standart Time', 'write Central European Standard Time'],
    ['<time zone>', undefined],
  ])('the time zone %s', (name, help) => {
    const definition = { ...zone(name), actions: wait, $schema: 'x', contentVersion: '1.0.0.0' };
    const diagnostics = check(definition, { host: 'consumption' });
    expect(diagnostics.map((each) => [each.rule, each.help])).toEqual(help === undefined ? [] : [['time-zone', help]]);
  });

  test('an offset is no time zone, and none is proposed for it', () => {
    expect(found(wait, zone('+01:00'))).toEqual(['warning time-zone recurrence/timeZone']);
  });

  test('time zones in functions and in Convert time zone', () => {
    const Convert = {
      type: 'Expression',
      kind: 'ConvertTimeZone',
      inputs: { baseTime: '@utcNow()', sourceTimeZone: 'UTC', destinationTimeZone: 'Asia/Kolkata' },
      runAfter: {},
    };
    const Now = { type: 'Compose', inputs: "@convertFromUtc(utcNow(), 'Europe/Paris')", runAfter: {} };
    const Right = { type: 'Compose', inputs: "@convertTimeZone(utcNow(), 'UTC', 'Romance Standard Time')", runAfter: {} };
    expect(found({ Convert, Now, Right })).toEqual([
      'warning time-zone inputs/destinationTimeZone',
      'warning time-zone Now/inputs',
    ]);
  });
});
