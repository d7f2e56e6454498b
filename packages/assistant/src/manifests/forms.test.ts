import { describe, expect, it } from 'vitest';
import { manifestForms } from './forms.ts';

const valueAt = (object: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((value, segment) => (typeof value === 'object' && value !== null ? Reflect.get(value, segment) : undefined), object);

describe('the forms of manifests', () => {
  const forms = manifestForms();

  it.each(forms.map((form) => [form.id, form] as const))('%s: each field stands somewhere, and holds the same everywhere', (_id, { parts, fields }) => {
    for (const { id, type, places } of fields) {
      expect(places, id).not.toEqual([]);
      const values = places.map(({ part, path, before, after }) => {
        const value = valueAt(parts.find((each) => each.id === part)?.manifest, path);
        const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
        expect(text.startsWith(before) && text.endsWith(after), `${id} ${path.join('.')}`).toBe(true);
        return text.slice(before.length, text.length - after.length);
      });
      if (type !== 'pairs') expect(new Set(values).size, id).toBe(1);
    }
  });

  it('leave no marker in what they begin with', () => {
    expect(JSON.stringify(forms.map(({ parts }) => parts))).not.toMatch(/marker|610\d\d/i);
  });

  it('name a Deployment in its Service, its Ingress and its autoscaler as well', () => {
    const name = forms.find(({ id }) => id === 'deployment')?.fields.find(({ id }) => id === 'name');
    expect(new Set(name?.places.map(({ part }) => part))).toEqual(new Set(['deployment', 'service', 'ingress', 'autoscaler']));
  });
});
