import { createCertificate } from '../../src/certificate/index.ts';
import { type Break, changeApplication, ownPrincipal, sharePoint, withdraw } from './breaks.ts';
import { certificateOf, type World } from './world.ts';

/** Breaks of what shows only to who signs in for real. */

const ofSpec = (world: World) => world.doctor('Get lists');
const ofPfx = (world: World) => world.doctorOfPfx();
const explain = /^certflow explain (AADSTS\d+|\w+)$/;

async function withOther(world: World, change: (made: Awaited<ReturnType<typeof createCertificate>>) => object) {
  const made = await createCertificate({ subject: 'CN=other', days: 30 });
  return world.doctorOfPfx({ ...certificateOf(world.state), ...change(made) });
}

export const signInBreaks: readonly Break[] = [
  {
    what: 'a clock that is slow',
    link: 'clock',
    found: /the clock of this machine is 60 minutes slow/,
    command: /timedatectl|w32tm/,
    break: ({ setClock }) => setClock(3_600_000),
    prove: ofSpec,
  },
  {
    what: 'a clock that is fast, without any right',
    link: 'clock',
    found: /the clock of this machine is 60 minutes fast/,
    command: /timedatectl|w32tm/,
    break: ({ setClock }) => setClock(-3_600_000),
    prove: ofPfx,
  },
  {
    what: 'an API that refuses though everything is in order',
    link: 'call',
    about: 'https://contoso.sharepoint.com/sites/hr/_api/web/lists',
    found: /"Get lists" is answered with 403/,
    command: explain,
    break: ({ setFaults }) => setFaults([{ kind: 'forbidden', service: 'logic' }]),
    prove: ofSpec,
  },
  {
    what: 'a file without its key',
    link: 'certificate file',
    found: /it holds no private key/,
    command: /^certflow cert inspect/,
    prove: (world) => withOther(world, () => ({ privateKey: undefined })),
  },
  {
    what: 'a file with the key of another certificate',
    link: 'certificate file',
    found: /its private key is not that of its certificate/,
    command: /^certflow cert create/,
    prove: (world) => withOther(world, ({ privateKey }) => ({ privateKey })),
  },
  {
    what: 'a file that nobody registered',
    link: 'sign-in',
    about: 'https://contoso.sharepoint.com',
    found: /AADSTS700027.*The key was not found/,
    command: explain,
    prove: (world) => withOther(world, ({ privateKey, certificate }) => ({ privateKey, certificate })),
  },
  {
    what: 'a registration that is not there, without any right to see it',
    link: 'sign-in',
    about: 'https://contoso.sharepoint.com',
    found: /AADSTS700016/,
    command: explain,
    break: ({ state }) => state.applications.clear(),
    prove: ofPfx,
  },
  {
    what: 'a disabled service principal, without any right to see it',
    link: 'sign-in',
    about: 'https://contoso.sharepoint.com',
    found: /AADSTS7000112/,
    command: explain,
    break: (world) => {
      const own = ownPrincipal(world);
      world.state.servicePrincipals.set(own.id, { ...own, accountEnabled: false });
    },
    prove: ofPfx,
  },
  {
    what: 'an entry of the registration that ended, without any right to see it',
    link: 'sign-in',
    about: 'https://contoso.sharepoint.com',
    found: /AADSTS700027.*expired/,
    command: explain,
    break: (world) => {
      const [own] = [...world.state.applications.values()].filter(({ appId }) => appId === ownPrincipal(world).appId);
      const keyCredentials = (own?.keyCredentials ?? []).map((one) => ({ ...one, endDateTime: '2020-01-01T00:00:00Z' }));
      changeApplication(world, { keyCredentials });
    },
    prove: ofPfx,
  },
  {
    what: 'a token without a role',
    link: 'token',
    about: 'https://contoso.sharepoint.com',
    found: /it carries no role, and is refused for that \(audience https:\/\/contoso\.sharepoint\.com, app id 2{8}-/,
    command: explain,
    break: (world) => withdraw(world, sharePoint),
    prove: ofPfx,
  },
];
