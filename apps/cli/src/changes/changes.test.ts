import { describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';
import { confirm, several } from './confirm.ts';
import { splitWords } from './metadata-command.ts';

describe('the words of label and annotate', () => {
  it('are objects first, then keys to set and to take away', () => {
    expect(splitWords(['pod', 'web-7', 'app.kubernetes.io/name=a=b', 'old-', 'empty='])).toEqual({
      targets: ['pod', 'web-7'],
      entries: { 'app.kubernetes.io/name': 'a=b', old: null, empty: '' },
    });
  });

  it.each([
    [['pod', 'web'], 'Nothing is set'],
    [['pod', 'a=b', 'web'], 'web is neither'],
  ])('%j: %s', (words, message) => {
    expect(() => splitWords(words)).toThrow(message);
  });
});

describe('a command line of kubectl', () => {
  it.each([
    [['scale', 'deploy/web'], '--replicas must be a number'],
    [['delete', 'pod', 'web', '--timeout', 'soon'], '--timeout must be a duration'],
    [['delete', 'pod', 'web', '--cascade', 'never'], '--cascade must be one of background, foreground, orphan'],
    [['patch', 'deploy/web', '--type', 'magic', '-p', '{}'], '--type must be one of json, merge, strategic'],
    [['patch', 'deploy/web'], 'Either --patch or --patch-file'],
    [['drain'], "missing required argument 'node'"],
    [['rollout'], 'A command is missing'],
  ])('%j is told what is wrong', async (args, message) => {
    const { code, err } = await runQd(args);
    expect(code).toBe(3);
    expect(err).toContain(message);
  });
});

describe('the question before what cannot be taken back', () => {
  const asking = (answer: string, asked: string[] = [], isTerminal = true) => ({
    access: { id: 'prod' },
    choice: { dryRun: 'none' as const },
    context: {
      environment: { QUARTERDECK_PRODUCTION: 'live-*' },
      input: {
        isTerminal,
        readAll: async () => '',
        ask: async (question: string) => {
          asked.push(question);
          return answer;
        },
      },
    },
  });

  it('names cluster and namespace, and only a yes is one', async () => {
    const asked: string[] = [];
    await confirm(asking('y', asked), 'Delete pod/web?', { yes: false, namespace: 'shop' });
    expect(asked).toEqual(['Delete pod/web? (cluster prod, namespace shop) [y/N] ']);
    for (const answer of ['', 'n', 'yesterday']) {
      await expect(confirm(asking(answer), 'Delete pod/web?', { yes: false, namespace: null })).rejects.toMatchObject({ code: 'CANCELLED' });
    }
  });

  it('is not asked after --yes or for a dry run, and refused where nobody can answer', async () => {
    const asked: string[] = [];
    await confirm(asking('n', asked), 'x', { yes: true, namespace: null });
    await confirm({ ...asking('n', asked), choice: { dryRun: 'server' } }, 'x', { yes: false, namespace: null });
    expect(asked).toEqual([]);
    await expect(confirm(asking('y', [], false), 'x', { yes: false, namespace: null })).rejects.toMatchObject({ hint: expect.stringContaining('--yes') });
  });

  it('takes the name of the cluster in production and for many objects, where a yes is too little', async () => {
    const live = { ...asking('y'), access: { id: 'live-eu' } };
    await expect(confirm(live, 'Delete pod/web?', { yes: false, namespace: null })).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(confirm(live, 'Delete pod/web?', { yes: true, namespace: null })).rejects.toMatchObject({
      hint: expect.stringContaining('--confirm=live-eu'),
    });
    await expect(confirm(asking('y'), 'Delete 30?', { yes: true, namespace: null, mass: true })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(confirm(live, 'x', { yes: false, confirm: 'live-us', namespace: null })).rejects.toMatchObject({
      message: expect.stringContaining('live-eu'),
    });
    await confirm({ ...asking('live-eu'), access: { id: 'live-eu' } }, 'x', { yes: false, namespace: null });
    await confirm(live, 'x', { yes: true, confirm: 'live-eu', namespace: null, mass: true });
  });

  it('does not list everything', () => {
    expect(several(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
