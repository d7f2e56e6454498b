import { catalogue } from '@quarterdeck/diagnosis';
import { describe, expect, it } from 'vitest';
import { explainWord } from './explain-word.ts';

describe('what a word means', () => {
  it.each([
    ['reason', 'CrashLoopBackOff', 'CrashLoopBackOff'],
    ['condition', 'PodScheduled', 'PodScheduled'],
    ['reason', 'NewReplicaSetAvailable', 'NewReplicaSetAvailable'],
    ['exitCode', '137', 'Exit code 137'],
    ['kind', 'Deployment', 'Deployment'],
    ['term', 'finalizer', 'finalizer'],
    ['text', 'Error: connect ECONNREFUSED 10.0.0.3:6379', 'Connection refused'],
    ['text', 'Back-off restarting failed container app in pod api', 'CrashLoopBackOff'],
    ['text', 'process exited with code 127', 'Exit code 127'],
    ['text', 'dial tcp: lookup redis on 10.43.0.10:53: no such host', 'Name not found'],
  ] as const)('%s %s', (as, what, title) => expect(explainWord(as, what)?.title).toBe(title));

  it('of every check that there is', () => {
    for (const { code, title } of catalogue()) expect(explainWord('check', code)?.title, code).toBe(title);
  });

  it('is not invented', () => {
    for (const as of ['reason', 'condition', 'kind', 'term', 'text'] as const) expect(explainWord(as, 'Zqxwv hello')).toBeNull();
  });
});
