import { describe, expect, it } from 'vitest';
import type { NamedObject, Vocabulary } from '../understand/question.ts';
import { sentences } from './testing/sentences.ts';
import { understandCommand } from './understand-command.ts';

const object = (kind: string, namespace: string | null, name: string): NamedObject => ({ kind, namespace, name });

const vocabulary: Vocabulary = {
  kinds: [{ kind: 'Certificate', plural: 'certificates', shortNames: ['cert', 'certs'], namespaced: true }],
  objects: [
    object('Deployment', 'shop', 'web'),
    object('Service', 'shop', 'web'),
    object('Ingress', 'shop', 'web'),
    object('ReplicaSet', 'shop', 'web-6d4f9c7b5'),
    object('Pod', 'shop', 'web-6d4f9c7b5-x2x9z'),
    object('Deployment', 'shop', 'payments-api'),
    object('Pod', 'shop', 'payments-api-7f9-abcde'),
    object('Deployment', 'shop', 'checkout-worker'),
    object('StatefulSet', 'data', 'postgres'),
    object('Pod', 'data', 'postgres-0'),
    object('PersistentVolumeClaim', 'data', 'data-postgres-0'),
    object('ConfigMap', 'shop', 'edge-conf'),
    object('Secret', 'shop', 'db-password'),
    object('CronJob', 'batch', 'nightly-report'),
    object('Deployment', 'staging', 'web'),
    object('Node', null, 'worker-1'),
    object('Namespace', null, 'shop'),
    object('Namespace', null, 'staging'),
  ],
  namespaces: ['shop', 'data', 'batch', 'staging', 'kube-system'],
  troubled: [],
};

const now = Date.parse('2026-11-21T12:00:00Z');

interface Outcome {
  line: string;
  expected: string | null;
  understood: string | null;
  changes: boolean;
}

const outcomes = Object.entries(sentences).flatMap(([verb, table]) =>
  table.map(([sentence, expected]): Outcome => {
    const understood = understandCommand(verb, sentence, { vocabulary, namespace: 'shop', now });
    const line = `qd ${verb} "${sentence}"`;
    return 'refused' in understood
      ? { line, expected, understood: null, changes: false }
      : { line, expected, understood: understood.args.join(' '), changes: understood.changes };
  }),
);

describe('a sentence in place of arguments', () => {
  it('is understood as the command that is meant, nine times of ten and more', () => {
    const wrong = outcomes.filter(({ expected, understood }) => expected !== understood);
    const share = (outcomes.length - wrong.length) / outcomes.length;
    process.stdout.write(
      `sentences: ${outcomes.length}, right ${Math.round(share * 1000) / 10} %\n${wrong.map(({ line, expected, understood }) => `  ${line}\n    wanted ${expected}\n    got    ${understood}\n`).join('')}`,
    );
    expect(outcomes.length).toBeGreaterThanOrEqual(200);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });

  it('never becomes another change than the one that is meant', () => {
    expect(outcomes.filter(({ changes, expected, understood }) => changes && expected !== understood)).toEqual([]);
  });

  it('is refused with what to try', () => {
    const understood = understandCommand('scale', 'payments to 6', { vocabulary, namespace: 'shop', now });
    expect(understood).toEqual({
      refused: expect.stringContaining('"payments" is not the whole name'),
      suggestions: ['Did you mean deployment/payments-api?'],
    });
  });
});
