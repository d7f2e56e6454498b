import type { FormField, ManifestForm } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { canFill, partsIn, textOfForm, valueIn, withPart, withValue } from './form-values.ts';

const place = (part: string, path: (string | number)[], before = '', after = '') => ({ part, path, before, after });
const name: FormField = {
  id: 'name',
  type: 'name',
  required: true,
  places: [place('app', ['metadata', 'name']), place('app', ['spec', 'tls'], '', '-tls'), place('service', ['metadata', 'name'])],
};
const replicas: FormField = { id: 'replicas', type: 'number', required: false, places: [place('app', ['spec', 'replicas'])] };
const environment: FormField = { id: 'environment', type: 'environment', required: false, places: [place('app', ['spec', 'env'])] };
const form: ManifestForm = {
  id: 'app',
  parts: [
    {
      id: 'app',
      optional: false,
      included: true,
      manifest: { apiVersion: 'v1', kind: 'App', metadata: { name: 'web' }, spec: { replicas: 2, tls: 'web-tls', env: [{ name: 'A', value: '1' }] } },
    },
    { id: 'service', optional: true, included: false, manifest: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } } },
  ],
  fields: [name, replicas, environment],
};
const read = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

describe('a form over a text', () => {
  const text = textOfForm(form);

  it('says what the text says, and writes to every place', () => {
    expect(valueIn(text, form, name)).toBe('web');
    const next = withValue(withValue(text, form, name, 'shop'), form, replicas, '5');
    expect(read(next)).toMatchObject([{ metadata: { name: 'shop' }, spec: { replicas: 5, tls: 'shop-tls' } }]);
    expect(valueIn(next, form, replicas)).toBe('5');
  });

  it('leaves what somebody wrote beside it', () => {
    const own = `# mine\n${text.replace('replicas: 2', 'replicas: 2 # enough\n  paused: true')}`;
    const next = withValue(own, form, name, 'shop');
    expect(next).toContain('# mine');
    expect(next).toContain('# enough');
    expect(read(next)).toMatchObject([{ spec: { paused: true } }]);
  });

  it('puts a part in with what the form holds, and takes it out again', () => {
    const both = withPart(withValue(text, form, name, 'shop'), form, 'service', true);
    expect(read(both)).toMatchObject([{ kind: 'App' }, { kind: 'Service', metadata: { name: 'shop' } }]);
    expect(partsIn(both, form)).toEqual(new Set(['app', 'service']));
    expect(read(withValue(both, form, name, 'mall'))).toMatchObject([{ metadata: { name: 'mall' } }, { metadata: { name: 'mall' } }]);
    expect(partsIn(withPart(both, form, 'service', false), form)).toEqual(new Set(['app']));
  });

  it('keeps variables that come from elsewhere', () => {
    const own = text.replace('      value: "1"', '      value: "1"\n    - name: B\n      valueFrom: {secretKeyRef: {name: a, key: b}}');
    expect(valueIn(own, form, environment)).toEqual([['A', '1']]);
    expect(read(withValue(own, form, environment, [['C', '3']]))).toMatchObject([
      {
        spec: {
          env: [
            { name: 'C', value: '3' },
            { name: 'B', valueFrom: {} },
          ],
        },
      },
    ]);
  });

  it('does not touch a text that it can’t read, nor makes what was taken away', () => {
    const broken = `${text}\n  oops: [`;
    expect([canFill(broken), withValue(broken, form, name, 'x')]).toEqual([false, broken]);
    const bare = 'apiVersion: v1\nkind: App\nmetadata:\n  name: web\n';
    expect(withValue(bare, form, replicas, '3')).toBe(bare);
  });
});
