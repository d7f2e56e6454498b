import { describe, expect, it } from 'vitest';
import { runQd } from '../testing.ts';
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
