import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAccess } from '../cluster/open-access.ts';
import { inRepository } from '../repository.ts';
import { hashSources, programPath } from '../sandbox/sandbox-program.ts';
import { type QdRun, qdWith } from '../testing/run-qd.ts';
import { runQd } from '../testing.ts';
import { agree } from './agree.ts';
import { type ComparedCommand, comparedCommands } from './compared-commands.ts';
import { comparedObjects } from './compared-objects.ts';

const run = promisify(execFile);
const namespace = `qd-compare-${process.pid}`;
const state = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-state-'));
const qd = qdWith(state);
/** Runs at a time: kubectl and qd of a command at once. */
const atOnce = 3;

interface Compared {
  command: ComparedCommand;
  same: boolean;
  theirs: QdRun;
  ours: QdRun;
}

/** A form of output is the same for every kind: all of them are compared where QD_COMPARISON names a file for the differences. */
const isShort = ({ args: [verb, what, form] }: ComparedCommand) =>
  verb !== 'get' || form !== '-o' || ['pods', 'deploy', 'secrets', 'configmap'].includes(what ?? '');

const kubeconfig = process.env.QD_TEST_KUBECONFIG ?? '';
const { signal } = new AbortController();

describe.skipIf(process.env.QD_TEST_KUBECONFIG === undefined)('kubectl and qd side by side', () => {
  let program = '';
  const kubectl = async (args: readonly string[]): Promise<QdRun> => {
    try {
      const { stdout, stderr } = await run(program, ['kubectl', `--kubeconfig=${process.env.QD_TEST_KUBECONFIG}`, ...args], { maxBuffer: 1 << 26 });
      return { code: 0, out: stdout, err: stderr };
    } catch (thrown) {
      const { code, stdout, stderr } = Object.assign({ code: 1, stdout: '', stderr: '' }, thrown);
      return { code, out: stdout, err: stderr };
    }
  };

  beforeAll(async () => {
    program = programPath(process.env, await hashSources(inRepository('sandbox')));
    await qd(['sandbox', 'version']); // Builds it where it is not there.
    const file = join(state, 'objects.yaml');
    await writeFile(file, comparedObjects(namespace));
    expect(await kubectl(['apply', '-f', file])).toMatchObject({ code: 0, err: '' });
    await kubectl(['wait', '-n', namespace, 'deploy', '--all', '--for=condition=Available', '--timeout=60s']);
  });
  afterAll(async () => {
    await kubectl(['delete', 'namespace', namespace, '--wait=false']);
    await rm(state, { recursive: true });
  });

  /** In this process: what is compared is what they say, and starting Node two hundred times is not. */
  const ours = (args: readonly string[]) =>
    runQd([...args, '--kubeconfig', kubeconfig], { openAccess: (choice) => openAccess(choice, signal), now: Date.now, signal });
  /** Others use the cluster meanwhile: what differs is looked at once more. */
  const compared = async (command: ComparedCommand, attempt: number): Promise<Compared> => {
    const at = (args: readonly string[]) => [...args, ...(command.clusterWide ? [] : ['-n', namespace])];
    const [theirs, qds] = await Promise.all([kubectl(at(command.kubectl ?? command.args)), ours(at(command.args))]);
    const same = (theirs.code === 0) === (qds.code === 0) && agree(theirs.out, qds.out, command.agreement);
    return same || command.differs !== undefined || attempt === 3 ? { command, same, theirs, ours: qds } : compared(command, attempt + 1);
  };

  it('say the same, and differ where it is written down why', { timeout: 240_000 }, async () => {
    const results: Compared[] = [];
    const queue = process.env.QD_COMPARISON === undefined ? comparedCommands.filter(isShort) : [...comparedCommands];
    const compare = async () => {
      for (let command = queue.shift(); command !== undefined; command = queue.shift()) results.push(await compared(command, 1));
    };
    await Promise.all(Array.from({ length: atOnce }, compare));
    const wrong = results.filter(({ command, same }) => same === (command.differs !== undefined));
    const same = results.filter((result) => result.same).length;
    process.stdout.write(
      `kubectl and qd: ${results.length} commands, ${same} the same, ${results.length - same} different and explained but for ${wrong.length}\n`,
    );
    const told = wrong.map(({ command, theirs, ours }) => ({ command: command.args.join(' '), theirs, ours }));
    if (process.env.QD_COMPARISON !== undefined) await writeFile(process.env.QD_COMPARISON, JSON.stringify(told, null, 2));
    expect(told.map(({ command }) => command)).toEqual([]);
  });
});
