import template from '../../generated/templates/init/certflow.yaml.js';
import { render } from '../../text/render.ts';
import { type Answers, isAsked, type Kind, type Question, questions, targetFacts } from './questions.ts';

/** The text of a first spec, and the questions whose answers in it are examples. */
export function specText(
  answers: Partial<Answers>,
  kind: Kind,
): { readonly text: string; readonly examples: readonly Question[] } {
  const { recipe, target, signIn } = kind;
  // A registration that is not there yet is no example.
  const examples = questions.filter(
    (question) => isAsked(question, kind) && !answers[question.key] && question.example(recipe) !== '',
  );
  const filled = Object.fromEntries(
    questions.map(({ key, example }) => [key, answers[key] ?? example(recipe)]),
  ) as unknown as Answers;
  const { key, words } = targetFacts[target];
  const isFlow = target === 'power-automate';
  const text = render(template, {
    ...filled,
    // The name is one that will do.
    marks: Object.fromEntries(
      questions.map((question) => [
        question.key,
        examples.includes(question) && question.key !== 'name' ? ' # an example: write yours' : '',
      ]),
    ),
    site: siteOf(filled.url),
    description: {
      sharepoint: 'Reads the lists of a SharePoint site.',
      graph: 'Reads users from Microsoft Graph.',
      'custom-api': 'Calls an API of our own.',
    }[recipe],
    timeZone: 'UTC',
    sharepoint: recipe === 'sharepoint',
    graph: recipe === 'graph',
    customApi: recipe === 'custom-api',
    powerAutomate: isFlow,
    byIdentity: signIn === 'managedIdentity',
    identity: identityId(filled),
    hasApp: target === 'standard' || target === 'app-service',
    targetWords: words,
    targetKey: key,
    example: isFlow ? 'connectionOwner: flows@contoso.com' : 'resourceGroup: rg-flows-prod',
  });
  return { text, examples: examples.filter(({ key }) => key !== 'name') };
}

/** Resource id of an identity that lies beside what has it, and is called after it. */
function identityId({ subscription, resourceGroup, name }: Answers): string {
  const short = `id-${name.replaceAll(/[^\w-]+/g, '-').replaceAll(/-+$/g, '')}`;
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${short}`;
}

/** The site that an address of SharePoint belongs to. */
function siteOf(url: string): string {
  return /^https:\/\/[^/]+(\/(sites|teams)\/[^/]+)?/i.exec(url)?.[0] ?? url;
}
