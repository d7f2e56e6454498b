import { describe, expect, it } from 'vitest';
import { type CompletionSource, completeLine } from './complete-line.ts';

const objects: Readonly<Record<string, readonly string[]>> = {
  'pods shop': ['web-1', 'web-2', 'db-0'],
  'pods ops': ['agent'],
  'deployment shop': ['web'],
  'deploy shop': ['web'],
  'nodes shop': ['node-a'],
};
const source: CompletionSource = {
  kinds: async () => [
    { name: 'pods', kind: 'Pod', short: ['po'] },
    { name: 'deployments', kind: 'Deployment', short: ['deploy'] },
  ],
  names: async (kind, namespace, prefix) => (objects[`${kind} ${namespace ?? 'shop'}`] ?? []).filter((name) => name.startsWith(prefix)),
  namespaces: async () => ['shop', 'ops'],
  contexts: async () => ['prod', 'dev'],
};

const texts = async (line: string) => (await completeLine(line, line.length, source)).items.map(({ text }) => text);

describe('completeLine', () => {
  it.each([
    ['kubectl desc', ['describe']],
    ['kubectl rollout re', ['restart', 'resume']],
    ['k get p', ['pods']],
    ['kubectl get pods w', ['web-1', 'web-2']],
    ['kubectl -n ops get pods ', ['agent']],
    ['kubectl get pods a --namespace=ops', []],
    ['kubectl get pods --namespace=o', ['--namespace=ops']],
    ['kubectl get pods -n ', ['shop', 'ops']],
    ['kubectl describe deploy/w', ['deploy/web']],
    ['kubectl scale ', ['deployment/web']],
    ['kubectl logs -f db', ['db-0']],
    ['kubectl get pods -o j', ['json', 'jsonpath=']],
    ['kubectl config use-context p', ['prod']],
    ['cat x | FOO=1 sudo kubectl cordon ', ['node-a']],
    ["kubectl get pods -l 'a|b' web-1", []],
    ['kubectl exec web-1 -- l', []],
    ['helm roll', ['rollback']],
    ['qd iss', ['issues']],
    ['ls -', []],
  ])('%s', async (line, expected) => expect(await texts(line)).toEqual(expected));

  it('says what of the line it replaces', async () => {
    expect(await completeLine('kubectl get po web', 13, source)).toMatchObject({ from: 12, to: 13, items: [{ text: 'pods' }] });
  });
});
