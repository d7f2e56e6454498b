import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecording } from '@quarterdeck/cluster';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../repository.ts';
import { runQd } from '../testing.ts';

const recording = inRepository('sandbox/scenarios/cfg-nginx-directive/recording.qdb.json.gz');
const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: edge-conf}\ndata: {a: b}\n';

/** Whoever changes a recording is refused in the end; what is asked before that is the same. */
async function change(line: readonly string[], production: string) {
  const access = await openRecording(recording);
  const environment = { QUARTERDECK_STATE: mkdtempSync(join(tmpdir(), 'qd-production-')), QUARTERDECK_PRODUCTION: production };
  const run = await runQd([...line, '-n', 'cfg-nginx-directive'], {
    environment,
    openAccess: async () => access,
    input: { isTerminal: false, readAll: async () => manifest, ask: async () => '' },
  });
  return { ...run, cluster: access.id };
}

const changes: [string, string[]][] = [
  ['Apply', ['apply', '-f', '-']],
  ['Patch', ['patch', 'cm/edge-conf', '-p', '{"data":{"a":"c"}}']],
  ['Label', ['label', 'cm/edge-conf', 'tier=front']],
  ['Annotate', ['annotate', 'cm/edge-conf', 'owner=me']],
];

describe.each(changes)('%s', (verb, line) => {
  it('takes the name of the cluster in production, and --yes is not enough', async () => {
    const asked = await change(line, '*');
    expect(asked).toMatchObject({ code: 3, out: '', err: expect.stringContaining(`${verb} configmap/edge-conf?`) });
    expect(asked.err).toContain('namespace cfg-nginx-directive');
    expect(asked.err).toContain(`--confirm=${asked.cluster}`);
    expect(await change([...line, '--yes'], '*')).toMatchObject({ code: 3, err: expect.stringContaining('--yes is not enough') });
  });

  it('goes on with the name, in a dry run, and elsewhere', async () => {
    const { cluster } = await change(line, '*');
    for (const [more, production] of [
      [[`--confirm=${cluster}`], '*'],
      [['--dry-run=client'], '*'],
      [[], 'live-*'],
    ] as const) {
      expect((await change([...line, ...more], production)).err).not.toContain('?');
    }
  });
});
