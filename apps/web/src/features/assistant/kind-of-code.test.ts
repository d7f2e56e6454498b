import { expect, it } from 'vitest';
import { commandIn, isManifest } from './kind-of-code.ts';

it.each([
  ['kubectl get pods', 'sh', 'kubectl get pods'],
  ['$ kubectl get pods\nNAME  READY\nweb   1/1', 'console', 'kubectl get pods'],
  ['for p in a b; do\n  echo $p\ndone', 'bash', 'for p in a b; do\n  echo $p\ndone'],
  ['# look first\nkubectl get pods', 'bash', '# look first\nkubectl get pods'],
  ['kubectl get pods', '', 'kubectl get pods'],
  ['Some output', '', null],
  ['kind: Pod', 'yaml', null],
])('%j in %s is the command %j', (code, language, command) => {
  expect(commandIn(code, language)).toBe(command);
});

it.each([
  ['apiVersion: v1\nkind: Pod', 'yaml', true],
  ['{\n  "apiVersion": "v1",\n  "kind": "Pod"\n}', 'json', true],
  ['spec:\n  replicas: 3', 'yaml', false],
  ['apiVersion: v1\nkind: Pod', 'sh', false],
])('%j in %s is a manifest: %s', (code, language, expected) => {
  expect(isManifest(code, language)).toBe(expected);
});
