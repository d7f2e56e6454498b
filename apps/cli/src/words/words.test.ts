import { verbsWithWords } from '@quarterdeck/assistant';
import { describe, expect, it } from 'vitest';
import { quoted } from './read-sentence.ts';
import { stepsOfGoal } from './steps-of-goal.ts';
import { isSentence, wordVerbs } from './word-verbs.ts';

describe('a sentence in place of arguments', () => {
  it('is taken by the commands that the grammar knows', () => {
    expect(new Set(wordVerbs)).toEqual(new Set(verbsWithWords));
  });

  it.each([
    [['get', 'pods that restart a lot'], true],
    [['get', 'pods', '-l', 'app in (web, cache)'], false],
    [['patch', 'deploy/web', '-p', '{"spec": {}}'], false],
    [['exec', 'web', '--', 'sh -c x'], false],
    [['get', '-o', 'go-template={{range .items}}x{{end}}'], false],
  ])('%j: %s', (args, is) => expect(isSentence(args)).toBe(is));

  it('is shown as a shell takes it back', () => {
    expect(['get', 'pods', '--where', "status:it's"].map(quoted).join(' ')).toBe("get pods --where 'status:it'\\''s'");
  });
});

describe('a goal', () => {
  it('is commands in a row', () => {
    expect(stepsOfGoal('scale web to 5, then restart payments-api; delete pod web-1')).toEqual([
      { verb: 'scale', sentence: 'web to 5' },
      { verb: 'rollout', sentence: 'restart payments-api' },
      { verb: 'delete', sentence: 'pod web-1' },
    ]);
  });

  it('is something else where a part is no command', () => expect(stepsOfGoal('make checkout work')).toBeNull());
});
