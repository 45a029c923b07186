import csharp from '../generated/templates/snippet/csharp.js';
import http from '../generated/templates/snippet/http.js';
import java from '../generated/templates/snippet/java.js';
import php from '../generated/templates/snippet/php.js';
import postmanScript from '../generated/templates/snippet/postman-script.js';
import powershell from '../generated/templates/snippet/powershell.js';
import python from '../generated/templates/snippet/python.js';
import typescript from '../generated/templates/snippet/typescript.js';
import { render } from '../text/render.ts';
import { postmanCollection } from './postman.ts';
import type { SnippetValues } from './sign-in.ts';

/** Every language of a snippet: the file that its comments tell to run, and how it is written. */
export const languages = {
  csharp: { fileName: 'sign-in.cs', write: (signIn: SnippetValues) => render(csharp, signIn) },
  typescript: { fileName: 'sign-in.ts', write: (signIn: SnippetValues) => render(typescript, signIn) },
  python: { fileName: 'sign_in.py', write: (signIn: SnippetValues) => render(python, signIn) },
  java: { fileName: 'SignIn.java', write: (signIn: SnippetValues) => render(java, signIn) },
  php: { fileName: 'sign-in.php', write: (signIn: SnippetValues) => render(php, signIn) },
  powershell: { fileName: 'sign-in.ps1', write: (signIn: SnippetValues) => render(powershell, signIn) },
  http: { fileName: 'sign-in.http', write: (signIn: SnippetValues) => render(http, signIn) },
  postman: {
    fileName: 'sign-in.postman_collection.json',
    write: (signIn: SnippetValues) => postmanCollection(signIn, render(postmanScript, signIn)),
  },
} as const;

export type SnippetLanguage = keyof typeof languages;

export const snippetLanguages: readonly string[] = Object.keys(languages);
