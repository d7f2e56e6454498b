import { openRecording } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../repository.ts';
import { runQd } from '../testing.ts';

const recording = inRepository('sandbox/scenarios/cfg-nginx-directive/recording.qdb.json.gz');
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {password: hunter2}\n';

function dryRun(...line: string[]) {
  const input = { isTerminal: false, readAll: async () => secret, ask: async () => '' };
  return runQd([...line, '-n', 'cfg-nginx-directive', '--dry-run=client', '--show-kubectl'], { openAccess: () => openRecording(recording), input });
}

describe('--show-kubectl', () => {
  it.each([
    [['label', 'cm/edge-conf', 'tier=front'], 'kubectl label configmap/edge-conf -n cfg-nginx-directive tier=front\n'],
    [
      ['delete', 'cm/edge-conf', '--yes', '--context', 'a b'],
      "kubectl delete configmap/edge-conf -n cfg-nginx-directive --cascade=background '--context=a b'\n",
    ],
    [
      ['patch', 'cm/edge-conf', '-p', '{"data":{"a":"c"}}'],
      `kubectl patch configmap/edge-conf -n cfg-nginx-directive --type=strategic -p '{"data":{"a":"c"}}'\n`,
    ],
  ])('says %j as kubectl does, on stderr', async (line, command) => {
    const { code, out, err } = await dryRun(...line);
    expect({ code, err }).toEqual({ code: 0, err: command });
    expect(out).toContain('(dry run)');
  });

  it('never shows what a Secret holds', async () => {
    const patched = await dryRun('patch', 'secret/key', '-p', '{"stringData":{"password":"hunter2"}}');
    expect(patched.err).not.toContain('hunter2');
    expect(patched.err).toContain('kubectl patch secret/key');
  });
});
