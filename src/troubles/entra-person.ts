import { troublesOf } from './trouble.ts';

const again = 'Sign in again: "az logout", then "az login".';
const another = 'Name the tenant of the account (--tenant), or have the account invited as a guest.';
const askAdmin = 'Ask the tenant admin which policy it is (the sign-in log names it), or sign in from where it is allowed.';
const inTheBrowser = 'Sign in again with "az login --tenant <tenant>" or --device-code.';

/** What Entra ID answers when a person signs in, as whoever sets up or deploys does. */
export const entraPerson = troublesOf('Entra ID', 'https://learn.microsoft.com/entra/identity-platform/reference-error-codes', [
  { code: 'AADSTS16000', cause: 'The account is not in the tenant that was asked.', cure: another },
  { code: 'AADSTS16003', cause: 'The account was never added to the tenant of the resource.', cure: another },
  {
    code: 'AADSTS50034',
    cause: 'The account does not exist in the tenant that was asked.',
    cure: 'Name the tenant of the account (--tenant), or sign in with an account of this tenant.',
  },
  { code: 'AADSTS50020', cause: 'The account is of another tenant, and no guest of this one.', cure: another },
  {
    code: 'AADSTS500208',
    cause: 'The account is of another kind than the tenant takes, mostly a personal one.',
    cure: 'Sign in with a work or school account.',
  },
  { code: 'AADSTS51004', cause: 'The account is not in the tenant that was asked.', cure: another },
  { code: 'AADSTS90072', cause: 'The account is of another tenant, and no guest of this one.', cure: another },
  {
    code: 'AADSTS50014',
    cause: 'The invitation of the guest was not accepted yet, or the account is in another tenant.',
    cure: 'Accept the invitation in a browser, or name the tenant with --tenant.',
  },
  {
    code: 'AADSTS50076',
    cause: 'The tenant asks this person for a second factor, and the sign-in at hand cannot ask for it.',
    cure: inTheBrowser,
  },
  { code: 'AADSTS50074', cause: 'The tenant asks for a second factor, which was not given.', cure: inTheBrowser },
  { code: 'AADSTS50078', cause: 'The second factor was given too long ago.', cure: inTheBrowser },
  {
    code: 'AADSTS50158',
    cause: 'The tenant asks for one more proof by another service, which was not given.',
    cure: inTheBrowser,
  },
  { code: 'AADSTS700020', cause: 'The sign-in needs a person in a browser.', cure: inTheBrowser },
  {
    code: 'AADSTS50079',
    cause: 'The tenant wants this person to register for multi-factor authentication first.',
    cure: 'Register in a browser at https://aka.ms/mfasetup, then sign in again.',
  },
  {
    code: 'AADSTS50072',
    cause: 'The tenant wants this person to register for multi-factor authentication first.',
    cure: 'Register in a browser at https://aka.ms/mfasetup, then sign in again.',
  },
  {
    code: 'AADSTS53004',
    cause: 'This person has to register for multi-factor authentication, and may not do it from here.',
    cure: 'Register in a browser at https://aka.ms/mfasetup from a place that the tenant trusts, then sign in again.',
  },
  {
    code: 'AADSTS50053',
    cause: 'The account is locked after wrong passwords, or the address is known for attacks.',
    cure: 'Wait and sign in again, or ask the tenant admin (the sign-in log says which of both it is).',
  },
  { code: 'AADSTS50055', cause: 'The password of the account has ended.', cure: 'Change it in a browser, then sign in again.' },
  {
    code: 'AADSTS50144',
    cause: 'The password of the account has ended in the Active Directory of the organisation.',
    cure: 'Change it there, then sign in again.',
  },
  {
    code: 'AADSTS50056',
    cause: 'The account has no password in the directory, or a wrong one was given.',
    cure: 'Sign in again in a browser: "az login".',
  },
  { code: 'AADSTS50126', cause: 'User name or password is wrong.', cure: 'Sign in again in a browser: "az login".' },
  {
    code: 'AADSTS50057',
    cause: 'The account that signs in is disabled.',
    cure: 'Have the tenant admin enable it, or sign in with another account.',
  },
  {
    code: 'AADSTS50058',
    cause: 'Nobody is signed in in the browser or program that was asked without showing a page.',
    cure: 'Sign in: "az login".',
  },
  {
    code: 'AADSTS50105',
    cause: 'The enterprise application demands an assignment, and the account or group has none.',
    cure: 'Assign it: Entra admin center, Enterprise applications, the application, Users and groups.',
  },
  { code: 'AADSTS50173', cause: 'The saved sign-in has been revoked, mostly because the password was changed.', cure: again },
  { code: 'AADSTS50132', cause: 'The session has ended, because the password was changed or has ended.', cure: again },
  { code: 'AADSTS50133', cause: 'The session was revoked, because the password was changed or has ended.', cure: again },
  { code: 'AADSTS50089', cause: 'The saved sign-in has ended.', cure: again },
  { code: 'AADSTS70000', cause: 'The saved sign-in is not accepted any more.', cure: again },
  { code: 'AADSTS70008', cause: 'The saved sign-in has ended or was revoked.', cure: again },
  { code: 'AADSTS700082', cause: 'The saved sign-in was not used for a long time, and has ended.', cure: again },
  {
    code: 'AADSTS700084',
    cause: 'The saved sign-in of a page has reached the end of its fixed time.',
    cure: 'Sign in again on that page.',
  },
  { code: 'AADSTS70043', cause: 'A Conditional Access policy wants people to sign in more often.', cure: again },
  { code: 'AADSTS50097', cause: 'A Conditional Access policy asks for a known device.', cure: askAdmin },
  { code: 'AADSTS50131', cause: 'A Conditional Access policy refuses the device or the place.', cure: askAdmin },
  { code: 'AADSTS50155', cause: 'The device could not sign in.', cure: askAdmin },
  {
    code: 'AADSTS53000',
    cause: 'A Conditional Access policy asks for a device that complies, and this one does not.',
    cure: askAdmin,
  },
  { code: 'AADSTS53001', cause: 'A Conditional Access policy asks for a device that is joined to the domain.', cure: askAdmin },
  {
    code: 'AADSTS53002',
    cause: 'A Conditional Access policy asks for another program than the one that signs in.',
    cure: askAdmin,
  },
  {
    code: 'AADSTS53003',
    cause: 'A Conditional Access policy forbids this sign-in, from this place or with this device.',
    cure: askAdmin,
  },
  { code: 'AADSTS530032', cause: 'A security policy of the tenant blocks this sign-in.', cure: askAdmin },
  {
    code: 'AADSTS530034',
    cause: 'A partner may not enter the tenant, because its account is at risk at home.',
    cure: 'Ask the admin of the home tenant to look at the risk.',
  },
  { code: 'AADSTS530035', cause: 'The security defaults of the tenant forbid this older way to sign in.', cure: inTheBrowser },
  {
    code: 'AADSTS53011',
    cause: 'The account is blocked, because it is at risk in its home tenant.',
    cure: 'Ask the admin of the home tenant to look at the risk.',
  },
  {
    code: 'AADSTS50002',
    cause: 'A proxy on the way allows certain tenants only.',
    cure: 'Ask for this tenant to be allowed, or sign in from another network.',
  },
  {
    code: 'AADSTS500021',
    cause: 'A proxy on the way allows certain tenants only (tenant restrictions).',
    cure: 'Ask for this tenant to be allowed, or sign in from another network.',
  },
  {
    code: 'AADSTS500022',
    cause: 'A proxy on the way allows certain tenants only (tenant restrictions).',
    cure: 'Ask for this tenant to be allowed, or sign in from another network.',
  },
  {
    code: 'AADSTS500212',
    cause: 'The home tenant does not let its people into the other tenant.',
    cure: 'Ask the admin of the home tenant about its outbound access settings.',
  },
  {
    code: 'AADSTS500213',
    cause: 'The other tenant does not let people of this one in.',
    cure: 'Ask the admin of the other tenant about its inbound access settings.',
  },
  {
    code: 'AADSTS50011',
    cause: 'The redirect address of the sign-in is not one of the app registration.',
    cure: 'Add it: Entra admin center, App registrations, the registration, Authentication.',
  },
  { code: 'AADSTS54005', cause: 'The code of the sign-in was used already.', cure: 'Sign in again.' },
  {
    code: 'AADSTS65004',
    cause: 'The person declined to consent.',
    cure: 'Sign in again and accept, or have the tenant admin grant admin consent.',
  },
  {
    code: 'AADSTS70016',
    cause: 'The code of the device sign-in was not entered yet.',
    cure: 'Open https://microsoft.com/devicelogin and enter it.',
  },
  {
    code: 'AADSTS70018',
    cause: 'A wrong code was entered, or the sign-in was declined.',
    cure: 'Run the command again and enter the code that it shows.',
  },
  {
    code: 'AADSTS70019',
    cause: 'The code of the device sign-in was not entered in time.',
    cure: 'Run the command again and enter the new code.',
  },
  {
    code: 'AADSTS90119',
    cause: 'The code of the device sign-in is empty.',
    cure: 'Run the command again and enter the code that it shows.',
  },
  {
    code: 'AADSTS90120',
    cause: 'The device sign-in was answered already.',
    cure: 'Run the command again where it did not go on.',
  },
]);
