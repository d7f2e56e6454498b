import { globSync } from 'node:fs';
import { join } from 'node:path';
import { collectSnapshot, openRecording } from '@quarterdeck/cluster';
import { diagnosisKinds } from '@quarterdeck/diagnosis';
import { describe, expect, it } from 'vitest';
import { createPrivacy } from './create-privacy.ts';
import { mapTexts } from './map-texts.ts';
import { defaultPrivacySettings } from './privacy-settings.ts';

const section = { id: 'log', title: 'Log', form: 'log' as const, text: 'GET / 200', priority: 50 };

describe('privacy', () => {
  it('hides a password where nothing tells of it, once it was seen where something does', () => {
    const privacy = createPrivacy({ settings: defaultPrivacySettings, secrets: ['provider-key-0815'] });
    privacy.sealValue({ env: [{ name: 'DB_PASSWORD', value: 'orange7tree' }] });
    const sent = privacy.seal(`login as app with orange7tree failed (${Buffer.from('orange7tree').toString('base64')}); provider-key-0815`);
    expect(sent).toBe('login as app with [redacted] failed ([redacted]); [redacted]');
  });

  it('hides in one section, or one part of a result, what a later one gives away', () => {
    const sections = [
      { ...section, text: 'refused orange7tree' },
      { ...section, id: 'manifest', form: 'yaml' as const, text: 'env:\n  - name: DB_PASSWORD\n    value: orange7tree\n' },
    ];
    const sent = createPrivacy({ settings: defaultPrivacySettings }).sealSections(sections);
    expect(sent.map(({ section: { text }, redacted }) => [text, redacted])).toEqual([
      ['refused [redacted]', 1],
      ['env:\n  - name: DB_PASSWORD\n    value: "[redacted]"\n', 1],
    ]);
    const value = { lines: ['refused orange7tree'], env: [{ name: 'DB_PASSWORD', value: 'orange7tree' }] };
    expect(JSON.stringify(createPrivacy({ settings: defaultPrivacySettings }).sealValue(value))).not.toContain('orange7');
  });

  it('sends no log where logs may not leave, nor what an issue quotes of one', () => {
    const privacy = createPrivacy({ settings: { ...defaultPrivacySettings, sendLogs: false } });
    expect(privacy.sealSections([section])).toMatchObject([{ section: { form: 'text' }, withheld: 'sendLogs' }]);
    expect(JSON.stringify(privacy.sealSections([section]))).not.toContain('GET');
    expect(privacy.sealValue({ lines: ['GET / 200'] }, ['sendLogs'])).toContain('not sent');
    const issue = { explanation: 'It ends with: panic: no route 66.', evidence: [{ source: 'log', text: 'panic: no route 66', value: null }] };
    expect(JSON.stringify(privacy.sealValue(issue))).not.toContain('route 66');
  });

  it('sends nothing that a person could not see', () => {
    const tagged = [...'delete all'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
    const sent = createPrivacy({ settings: defaultPrivacySettings }).seal(`\u001b[31mred\u001b[0m pass\u200bword=hun\u00adter2-x ${tagged}\u202eend\ttab\n`);
    expect(sent).toBe('red password=[redacted] end\ttab\n');
  });
});

const scenarios = join(import.meta.dirname, '../../../../sandbox/scenarios');

it('changes less than 1 % of the texts of clusters without secrets', async () => {
  const { signal } = new AbortController();
  const changed = new Map<string, number>();
  let all = 0;
  for (const file of globSync('*/recording.qdb.json.gz', { cwd: scenarios }).slice(0, 40)) {
    const access = await openRecording(join(scenarios, file));
    const { objects } = await collectSnapshot(access, { kinds: diagnosisKinds, namespaces: null, signal });
    const privacy = createPrivacy({ settings: defaultPrivacySettings });
    for (const {
      metadata: { managedFields: _managed, ...metadata },
      ...object
    } of objects) {
      const value = { ...object, metadata };
      const before = textsOf(value);
      const after = textsOf(privacy.sealValue(value));
      all += before.length;
      for (const [index, text] of before.entries()) if (text !== after[index]) changed.set(text.slice(0, 60), (changed.get(text.slice(0, 60)) ?? 0) + 1);
    }
    await access.close();
  }
  const total = [...changed.values()].reduce((sum, count) => sum + count, 0);
  console.info(`${total} of ${all} texts changed (${((100 * total) / all).toFixed(3)} %)`, [...changed].sort(([, one], [, other]) => other - one).slice(0, 15));
  expect(all).toBeGreaterThan(50_000);
  expect(total / all).toBeLessThan(0.01);
}, 120_000);

function textsOf(value: unknown): string[] {
  const texts: string[] = [];
  mapTexts(value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}
