import { expect, test } from 'vitest';
import { audienceOfAddress, readAudience } from '../../src/cloud/audiences.ts';

test.each([
  ['https://contoso.sharepoint.com', 'https://contoso.sharepoint.com', undefined],
  ['https://graph.microsoft.com', 'https://graph.microsoft.com', undefined],
  ['api://44444444-4444-4444-4444-444444444444', 'api://44444444-4444-4444-4444-444444444444', undefined],
  ['00000003-0000-0ff1-ce00-000000000000', '00000003-0000-0ff1-ce00-000000000000', undefined],
  // A final slash is part of other APIs' identifiers, such as ARM's.
  ['https://management.core.windows.net/', 'https://management.core.windows.net/', undefined],
  ['https://contoso.onmicrosoft.com/orders', 'https://contoso.onmicrosoft.com/orders', undefined],
  ['https://contoso.sharepoint.com/', 'https://contoso.sharepoint.com', /final slash/],
  ['https://graph.microsoft.com/.default', 'https://graph.microsoft.com', /not a scope/],
  ['https://service.flow.microsoft.com//.default', 'https://service.flow.microsoft.com/', /not a scope/],
  ['api://orders/.default', 'api://orders', /not a scope/],
  ['https://contoso.sharepoint.com/sites/hr', 'https://contoso.sharepoint.com', /root address, not a site/],
  ['https://contoso.sharepoint.com/.default', 'https://contoso.sharepoint.com', /not a scope/],
  ['https://graph.microsoft.com/v1.0', 'https://graph.microsoft.com', /no path/],
])('%s is read as %s', (written, audience, mended) => {
  const reading = readAudience(written);
  expect(reading).toMatchObject({ audience });
  const said = 'mended' in reading ? reading.mended : undefined;
  if (mended) expect(said).toMatch(mended);
  else expect(said).toBeUndefined();
});

test.each([
  ['https://https://contoso.sharepoint.com', 'write https://contoso.sharepoint.com'],
  ['graph.microsoft.com', 'write https://graph.microsoft.com'],
  ['http://graph.microsoft.com', 'write https://graph.microsoft.com'],
  ['https://contoso.sharepoint.com ', 'write https://contoso.sharepoint.com'],
  ['https://graph.microsoft.com?x=1', 'write https://graph.microsoft.com/'],
  ['Sites.Read.All', /^write the address/],
  ['sharepoint', /^write the address/],
])('%s is refused', (written, help) => {
  expect(readAudience(written)).toMatchObject({ help: typeof help === 'string' ? help : expect.stringMatching(help) });
});

test.each([
  ['https://contoso.sharepoint.com/sites/hr/_api/web', 'https://contoso.sharepoint.com'],
  ['https://contoso-admin.sharepoint.com/', 'https://contoso-admin.sharepoint.com'],
  ['https://graph.microsoft.us/v1.0/users', 'https://graph.microsoft.us'],
  ['https://contoso.sharepoint.cn/x', 'https://contoso.sharepoint.cn'],
  ['https://sharepoint.com.evil.example/x', undefined],
  ['https://mysharepoint.com/x', undefined],
  ['https://api.contoso.com/x', undefined],
  ['http://graph.microsoft.com/x', undefined],
  ['nonsense', undefined],
])('the audience of %s is %s', (address, audience) => {
  expect(audienceOfAddress(address)).toBe(audience);
});
