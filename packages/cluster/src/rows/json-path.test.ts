import { describe, expect, it } from 'vitest';
import { parseJsonPath, valuesAt } from './json-path.ts';

const object = {
  metadata: { name: 'x', labels: { 'app.kubernetes.io/name': 'web' } },
  spec: { ports: [{ name: 'http', port: 80 }, { name: 'https', port: 443 }, { port: 8080 }] },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Synced', status: 'False' },
    ],
    phase: 'Bound',
  },
};

describe('a JSONPath of kubectl', () => {
  it.each([
    ['.status.phase', ['Bound']],
    ['{.status.phase}', ['Bound']],
    ['$.status.phase', ['Bound']],
    ['.status.nothing.here', []],
    ['.metadata.labels.app\\.kubernetes\\.io/name', ['web']],
    [".metadata.labels['app.kubernetes.io/name']", ['web']],
    ['.spec.ports[0].port', [80]],
    ['.spec.ports[-1].port', [8080]],
    ['.spec.ports[*].name', ['http', 'https']],
    ['.spec.ports[1:].port', [443, 8080]],
    ['.spec.ports[:2].port', [80, 443]],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    [".status.conditions[?(@.type == 'Synced')].status", ['False']],
    ['.status.conditions[?(@.type!="Ready")].type', ['Synced']],
    ['.spec.ports[?(@.port>100)].port', [443, 8080]],
    ['.spec.ports[?(@.port<=80)].name', ['http']],
    ['.spec.ports[?(@.name)].port', [80, 443]],
    ['.status.conditions[?(@.type=="a]b")].status', []],
    ['.spec.constructor', []],
    ['.', [object]],
  ])('%s', (text, expected) => {
    const path = parseJsonPath(text);
    expect(path === null ? null : valuesAt(path, object)).toEqual(expected);
  });

  it.each(['.spec[', '.a[?(@.b=~"x")]', '.spec.ports[a]', 'range {end}'])('%s is not known', (text) => {
    expect(parseJsonPath(text)).toBeNull();
  });
});
