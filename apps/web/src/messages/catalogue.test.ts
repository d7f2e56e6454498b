import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findWords } from '../testing/find-words.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

const folder = new URL('..', import.meta.url).pathname;
const sources = globSync('**/*.{ts,tsx}', { cwd: folder, exclude: ['messages/**', 'testing/**', '**/*.test.*'] });

/** The same in every language: names that Kubernetes and programs have, what is typed as it stands, keys. */
const names = new Set([
  ...['TLS', 'ConfigMap', 'Warning', 'Normal', 'Name', 'Namespace', 'Age'],
  ...['KUBECONFIG=… npm start', 'qd sandbox up', 'quarterdeck.dev/ignore'],
  ...['app.kubernetes.io/name', 'app=web', 'deployments.apps', 'https://charts.example', 'https://hooks.example.com/quarterdeck'],
  ...['… (Esc)', '… (Ctrl+Shift+F)', 'Ctrl Space'],
]);
/** An issue goes to others as the diagnosis tells it; what floats has styles by name. */
const exempt = ['features/issue-detail/issue-markdown.ts', 'ui/floating.ts'];

describe('the page', () => {
  it('says nothing but what stands in the catalogue', () => {
    const said = sources
      .filter((path) => !exempt.includes(path))
      .flatMap((path) => findWords(path, readFileSync(`${folder}${path}`, 'utf8')).map(({ line, text }) => ({ where: `${path}:${line}`, text })));
    expect(said.filter(({ text }) => !names.has(text))).toEqual([]);
  });

  it('is searched for words wherever people read or hear them', () => {
    const source = `
      const mark = { title: 'Gone', state: 'high' };
      console.warn('Not for people.');
      export function View({ open }: { open: boolean }) {
        if (mark === null) throw new AppError('INTERNAL_ERROR', 'Nothing there.', { hint: \`Ask \${open} again\` });
        return <p className="Flex and more" title={open ? 'Open' : mark.title}>Some text {open && 'is open'}{messages.text}</p>;
      }`;
    expect(findWords('view.tsx', source)).toEqual(
      [
        [2, 'Gone'],
        [5, 'Nothing there.'],
        [5, 'Ask … again'],
        [6, 'Open'],
        [6, 'Some text'],
        [6, 'is open'],
      ].map(([line, text]) => ({ line, text })),
    );
  });
});

/** All texts by their path; of one that is made, what stands in its code. */
function texts(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, [...String(value).matchAll(/'[^']*'|"[^"]*"|`[^`]*`/g)].join(' ').replace(/\$\{[^}]*\}/g, '…')]];
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`)) : [];
}

/** Words that both languages have. */
const shared = /(?<!\p{L})(in|live|offline|core|ms|min)(?!\p{L})/gu;
const aLowerCaseWord = /(?<!\p{L})\p{Ll}{2}/u;
/** Words that no German sentence has. */
const english = /(?<![\p{L}-])(the|of|and|not|with|which|are|is|it|this|that|from|has|be|by|to|for|no)(?![\p{L}-])/iu;

describe('German', () => {
  const german = texts(de, '');

  it('is no English that was left over', () => {
    const left = new Map(texts(en, ''));
    const same = german.filter(([path, text]) => left.get(path) === text && aLowerCaseWord.test(text.replace(shared, '')));
    // What is typed into a filter is the same everywhere.
    expect(same.filter(([path]) => !path.startsWith('.resources.filterHelp.grammar.'))).toEqual([]);
    expect(german.filter(([, text]) => english.test(text))).toEqual([]);
  });
});
