import { describe, expect, it } from 'vitest';
import { en } from '../../../messages/en/index.ts';
import type { Mark } from '../schema/check-document.ts';
import { yamlDocuments } from '../schema/yaml-documents.ts';
import { suggestionAt } from './suggestion.ts';

const head = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n';
const words = en.editor.suggest;

/** `|` is the cursor. */
function at(marked: string, marks: readonly Mark[] = []) {
  const position = marked.indexOf('|');
  const text = marked.replace('|', '');
  const from = text.lastIndexOf('\n', position - 1) + 1;
  const next = text.indexOf('\n', position);
  const to = next < 0 ? text.length : next;
  const found = suggestionAt(text, yamlDocuments(text), marks, { position, line: { from, to, text: text.slice(from, to) } }, words);
  return found === null ? null : `${text.slice(0, found.from)}${found.insert}${text.slice(found.to)}`;
}

describe('what the checks suggest at the cursor', () => {
  it('adds the requests that a container lacks, at its end and in its columns', () => {
    const after = at(`${head}        - name: app\n          image: nginx:1.27|\n`);
    expect(after).toContain('image: nginx:1.27\n          resources:\n            requests:\n              cpu: 100m');
    expect(yamlDocuments(after ?? '')[0]?.errors).toEqual([]);
  });

  it('fills a blank line below, and leaves what follows where it is', () => {
    const after = at(`${head}        - name: app\n          image: nginx:1.27\n          |\n      restartPolicy: Always\n`);
    expect(after).toContain('image: nginx:1.27\n          resources:\n');
    expect(after).toMatch(/memory: 256Mi\n {6}restartPolicy/);
  });

  it('adds a probe of the port once there are requests', () => {
    const container = '        - name: app\n          image: nginx:1.27\n          resources: {}\n          ports:\n            - containerPort: 8080|\n';
    expect(at(head + container)).toContain('readinessProbe:\n            tcpSocket:\n              port: 8080');
  });

  it('says nothing in the middle of a line, of another place, or where nothing lacks', () => {
    expect(at(`${head}        - name: app\n          image: ng|inx:1.27\n`)).toBeNull();
    expect(at(`${head}        - name: app|\n          image: nginx:1.27\n`)).toBeNull();
    expect(at(`${head}        - name: app\n          image: nginx:1.27\n          resources: {}|\n`)).toBeNull();
    expect(at('apiVersion: v1\nkind: ConfigMap|\n')).toBeNull();
  });

  it('mends what is wrong in the line first', () => {
    const text = `${head}        - name: app\n          imagee: nginx|\n`;
    const from = text.indexOf('imagee');
    expect(at(text, [{ from, to: from + 6, severity: 'error', message: '', fix: 'image' }])).toContain('          image: nginx');
  });
});
