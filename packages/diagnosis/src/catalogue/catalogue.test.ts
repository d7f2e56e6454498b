import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintChecks } from '../lint/index.ts';
import { diagnosisKinds } from '../run/diagnosis-kinds.ts';
import { catalogue } from './catalogue.ts';
import { checksPage } from './checks-page.ts';

const repository = join(import.meta.dirname, '../../../..');
const folder = join(repository, 'packages/diagnosis/src');
const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts') && !path.startsWith('catalogue'))
  .sort()
  .map((path) => ({ path: relative(repository, join(folder, path)), text: readFileSync(join(folder, path), 'utf8') }));

/** The files that name a code as a whole word, or one of the mechanisms that it may end in where nothing names the code. */
function testsOf(code: string): string[] {
  const entry = entries.find((each) => each.code === code);
  const naming = (word: string) => tests.filter(({ text }) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text)).map(({ path }) => path);
  const direct = naming(code);
  return direct.length > 0 ? direct : [...new Set((entry?.mechanisms ?? []).flatMap(({ id }) => naming(id)))].slice(0, 3);
}

const entries = catalogue();

describe('the catalogue', () => {
  it('has every check once, with words for people', () => {
    const codes = entries.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
    const silent = entries.filter(({ title, documentation, silentWhen }) => title === '' || documentation.length < 40 || silentWhen === '');
    expect(silent.map(({ code }) => code)).toEqual([]);
  });

  it('knows a rule for every finding: none stays without an explanation by oversight', () => {
    expect(entries.filter(({ origin, rules }) => origin === 'issues' && rules.length === 0).map(({ code }) => code)).toEqual([]);
  });

  it('has a test for every check', () => {
    expect(entries.filter(({ code }) => testsOf(code).length === 0).map(({ code }) => code)).toEqual([]);
  });

  it('needs no kind for advice that the diagnosis does not read', () => {
    const read = new Set<string>(diagnosisKinds);
    expect(lintChecks.flatMap(({ kinds }) => kinds).filter((kind) => !read.has(kind))).toEqual([]);
  });

  it('is what the reference page says', async () => {
    await expect(checksPage(entries, testsOf)).toMatchFileSnapshot('../../../../docs/reference/checks.md');
  });
});
