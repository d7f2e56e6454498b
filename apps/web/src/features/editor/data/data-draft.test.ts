import { describe, expect, it } from 'vitest';
import { bytesOf, type DataDraft, dataOf, entriesOf, isSaved, patchOf, problemOf, valueOfFile } from './data-draft.ts';

const configMap = { kind: 'ConfigMap', data: { mode: 'fast', 'app.ini': 'a=1\n' }, binaryData: { logo: 'AAEC' } };
const secret = { kind: 'Secret', data: { user: '<hidden, 3 bytes>', password: '<hidden, 8 bytes>' } };
const text = (value: string) => ({ as: 'text', text: value }) as const;

function entries(object: Readonly<Record<string, unknown>>, edits: DataDraft['edits'], added: DataDraft['added'] = []) {
  return entriesOf(dataOf(object), { edits, added });
}

describe('keys of a ConfigMap', () => {
  it('are patched where they were touched, renamed and removed', () => {
    const found = entries(
      configMap,
      new Map([
        ['mode', { name: 'speed', before: text('fast') }],
        ['app.ini', { value: text('a=2\n'), before: text('a=1\n') }],
        ['logo', { removed: true, before: { as: 'binary', base64: 'AAEC' } }],
      ]),
      [{ id: 'new', name: 'extra', value: { as: 'binary', base64: 'AP8=' } }],
    );
    expect(patchOf(found, false)).toEqual({
      data: { mode: null, speed: 'fast', 'app.ini': 'a=2\n' },
      binaryData: { logo: null, extra: 'AP8=' },
    });
  });

  it('move between text and binary without staying in both', () => {
    const found = entries(configMap, new Map([['mode', { value: { as: 'binary', base64: 'AP8=' }, before: text('fast') }]]));
    expect(patchOf(found, false)).toEqual({ data: { mode: null }, binaryData: { mode: 'AP8=' } });
  });

  it('that came back to what they were are no change', () => {
    expect(patchOf(entries(configMap, new Map([['mode', { value: text('fast'), before: text('fast') }]])), false)).toBeNull();
  });

  it('tell when somebody else changed them, and when the cluster has them', () => {
    const edits: DataDraft['edits'] = new Map([['mode', { value: text('slow'), before: text('fast') }]]);
    const moved = { ...configMap, data: { ...configMap.data, mode: 'turbo' } };
    expect(entries(moved, edits).find(({ key }) => key === 'mode')?.moved).toBe(true);
    const now = { ...configMap, data: { ...configMap.data, mode: 'slow' } };
    expect(isSaved(dataOf(now), entries(now, edits))).toBe(true);
    expect(isSaved(dataOf(configMap), entries(configMap, edits))).toBe(false);
  });
});

describe('keys of a Secret', () => {
  it('that nobody wrote stay untouched, whatever is shown of them', () => {
    const found = entries(secret, new Map([['password', { value: text('geheim ü'), before: { as: 'hidden', bytes: 8 } }]]));
    expect(patchOf(found, true)).toEqual({ data: { password: 'Z2VoZWltIMO8' } });
  });

  it('are taken for saved by their lengths', () => {
    const edits: DataDraft['edits'] = new Map([['password', { value: text('four'), before: { as: 'hidden', bytes: 8 } }]]);
    const now = { ...secret, data: { ...secret.data, password: '<hidden, 4 bytes>' } };
    expect(isSaved(dataOf(now), entries(now, edits))).toBe(true);
  });
});

it('names are checked as the API server checks them', () => {
  const found = entries(configMap, new Map([['mode', { name: 'app.ini', before: text('fast') }]]), [{ id: 'n', name: 'no/slash', value: text('') }]);
  expect(found.map((entry) => problemOf(entry, found))).toEqual(['twice', null, 'twice', 'badKey']);
});

it('files are texts where they can be', () => {
  expect(valueOfFile(new TextEncoder().encode('ä=1\n'))).toEqual(text('ä=1\n'));
  const binary = valueOfFile(new Uint8Array([0, 255, 1]));
  expect([binary, bytesOf(binary)]).toEqual([{ as: 'binary', base64: 'AP8B' }, 3]);
  expect(valueOfFile(new Uint8Array([65, 0])).as).toBe('binary');
});
