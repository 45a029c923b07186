const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why a text cannot be the id of an application that signs in, or undefined if it can: a GUID. The text itself is not quoted. */
export function clientIdProblem(text: string): { message: string; help: string } | undefined {
  if (guid.test(text)) return undefined;
  const help = 'write the application (client) id, a GUID (Entra admin center, App registrations, Overview)';
  const trimmed = text.replaceAll(/[\s\u200b\ufeff{}]/g, '');
  if (guid.test(trimmed))
    return {
      message: 'the client id has blanks or braces around the GUID, which Entra does not take (AADSTS90013 or AADSTS700016)',
      help: 'write the GUID alone',
    };
  return { message: 'the client id is no GUID, so Entra finds no application (AADSTS700016)', help };
}
