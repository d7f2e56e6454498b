import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Action, actionPageSchema, actionSchema, type Change, finalActionStates, refTo, type StepDraft } from '@quarterdeck/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const kubeconfig = process.env.QD_TEST_KUBECONFIG;
const namespace = `killed-${process.pid}`;
const main = join(import.meta.dirname, '..', 'main.ts');
/** Milliseconds after the approval. */
const moments = [0, 15, 40, 80, 160];
const steps = 12;

interface Killable {
  child: ChildProcess;
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

describe.skipIf(kubeconfig === undefined)('a workbench that is killed while it carries something out', { timeout: 180_000 }, () => {
  let folder = '';
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-killed-'));
  });
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<Killable> {
    const env = { ...process.env, QUARTERDECK_STATE: folder, PORT: '0', KUBECONFIG: kubeconfig };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    let printed = '';
    const url = await new Promise<URL>((resolve, reject) => {
      child.on('exit', (code) => reject(new Error(`It ended with ${code}.`)));
      child.stdout.on('data', (chunk) => {
        printed += String(chunk);
        const found = /^http:\S+$/m.exec(printed)?.[0];
        if (found !== undefined) resolve(new URL(found));
      });
    });
    const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
    const call = async (method: string, path: string, body?: unknown) => {
      const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      return (await fetch(new URL(path, url.origin), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json();
    };
    return { child, call };
  }

  async function proposed({ call }: Killable, round: number): Promise<Action> {
    const answer = await call('POST', '/api/actions/preview', { steps: drafts(round) });
    return actionSchema.safeParse(answer).data ?? expect.fail(JSON.stringify(answer));
  }

  async function kill({ child }: Killable): Promise<void> {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  const settings = (round: number, step: number) => refTo('ConfigMap', namespace, `round-${round}-${step}`);
  const drafts = (round: number): StepDraft[] =>
    Array.from(
      { length: steps },
      (_, step): StepDraft => ({ change: { verb: 'patch', target: settings(round, step), patchType: 'merge', patch: { data: { made: 'yes' } } } }),
    );

  async function prepare({ call }: Killable): Promise<void> {
    const configMaps = moments.flatMap((_moment, round) => Array.from({ length: steps }, (_, step) => settings(round, step)));
    const changes: Change[] = [
      { verb: 'create', target: refTo('Namespace', null, namespace), manifest: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } },
      ...configMaps.map(
        (target): Change => ({ verb: 'create', target, manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: target.name, namespace } } }),
      ),
    ];
    await call('POST', '/api/changes/bulk', { changes });
  }

  async function isMade({ call }: Killable, { name }: { name: string }): Promise<boolean> {
    return JSON.stringify(await call('GET', `/api/resources/object?kind=cm&namespace=${namespace}&name=${name}`)).includes('"made":"yes"');
  }

  it('has told of every step what is so when it is there again, and its ledger is whole', async () => {
    let workbench = await start();
    await prepare(workbench);
    const ids: string[] = [];
    for (const [round, moment] of moments.entries()) {
      const { id, hash } = await proposed(workbench, round);
      ids.push(id);
      const approved = workbench.call('POST', `/api/actions/${id}/approve`, { hash }).catch(() => null);
      await delay(moment);
      await Promise.race([approved, delay(300)]);
      await delay(moment);
      await kill(workbench);
      workbench = await start();
    }
    const actions = async (): Promise<Action[]> =>
      actionPageSchema.parse(await workbench.call('GET', '/api/actions')).actions.filter(({ id }) => ids.includes(id));
    await expect
      .poll(async () => (await actions()).filter(({ state }) => state !== 'previewed' && !finalActionStates.has(state)), { timeout: 60_000, interval: 1000 })
      .toEqual([]);
    const states: string[] = [];
    for (const action of await actions()) {
      states.push(action.state);
      for (const { stepId, change, run } of action.steps) {
        const made = await isMade(workbench, change.target);
        expect({ action: action.state, stepId, state: run.state, made }).toMatchObject({ made: run.state === 'done' });
      }
    }
    expect(states).toContain('interrupted');
    expect(await workbench.call('GET', '/api/audit/verify')).toMatchObject({ ok: true, unfinished: 0 });
    await workbench.call('POST', '/api/changes/delete', { changes: [{ verb: 'delete', target: refTo('Namespace', null, namespace) }] });
    await kill(workbench);
  });
});
