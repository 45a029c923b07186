/** What to tell whoever runs certflow on a Node that is too old for it; undefined on one that will do (`engines` in package.json). */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return undefined;
  return `certflow needs Node.js 22.12 or newer, and this is ${version}. Install a newer one (https://nodejs.org), then try again.`;
}
