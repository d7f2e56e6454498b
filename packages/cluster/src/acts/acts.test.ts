import type { ActDraft, ActEnd, ActLog, Change, KubeObject } from '@quarterdeck/contract';
import { AppError } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { changeDraft, changeEnd } from './change-act.ts';
import { kubectlCommand } from './kubectl-command.ts';
import { recordAct, recordStream } from './record-act.ts';
import { undoOf } from './undo-change.ts';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const node = { apiVersion: 'v1', kind: 'Node', namespace: null, name: 'one' };
const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' };
const login = { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'login' };
const cron = { apiVersion: 'batch/v1', kind: 'CronJob', namespace: 'shop', name: 'report' };
const object = (target: typeof web | typeof node, content: object = {}): KubeObject => ({
  apiVersion: target.apiVersion,
  kind: target.kind,
  metadata: { name: target.name, ...(target.namespace === null ? {} : { namespace: target.namespace }) },
  ...content,
});

/** A log that remembers, and can refuse. */
function memoryLog(refuse: { begin?: AppError; end?: AppError } = {}): ActLog & { told: (ActDraft | ActEnd)[] } {
  const told: (ActDraft | ActEnd)[] = [];
  return {
    told,
    async begin(draft) {
      if (refuse.begin !== undefined) throw refuse.begin;
      told.push(draft);
      return {
        id: 'a',
        async end(end) {
          if (refuse.end !== undefined) throw refuse.end;
          told.push(end);
        },
      };
    },
  };
}

describe('the command for kubectl', () => {
  it.each<[Change, string]>([
    [{ verb: 'scale', target: web, replicas: 3, currentReplicas: 2 }, 'kubectl scale deployment.apps/web -n shop --replicas=3 --current-replicas=2'],
    [{ verb: 'restart', target: web, at: '2026-01-01T00:00:00Z' }, 'kubectl rollout restart deployment.apps/web -n shop'],
    [{ verb: 'undo', target: web, toRevision: 4 }, 'kubectl rollout undo deployment.apps/web -n shop --to-revision=4'],
    [{ verb: 'setImage', target: web, images: { app: 'r.example/app:2' } }, 'kubectl set image deployment.apps/web -n shop app=r.example/app:2'],
    [{ verb: 'label', target: web, entries: { a: 'it is', b: null }, overwrite: true }, "kubectl label deployment.apps/web -n shop 'a=it is' b- --overwrite"],
    [{ verb: 'delete', target: pod, gracePeriodSeconds: 0 }, 'kubectl delete pod/web-1 -n shop --grace-period=0 --force'],
    [{ verb: 'cordon', target: node }, 'kubectl cordon one'],
    [{ verb: 'trigger', target: cron, jobName: 'now' }, 'kubectl create job now -n shop --from=cronjob/report'],
    [
      { verb: 'patch', target: web, patchType: 'merge', patch: { spec: { note: "it's" } } },
      `kubectl patch deployment.apps/web -n shop --type=merge -p '{"spec":{"note":"it'\\''s"}}'`,
    ],
  ])('of %j', (change, command) => {
    expect(kubectlCommand(change)).toBe(command);
  });
});

describe('the way back', () => {
  const before = object(web, { spec: { replicas: 2, paused: false, template: { image: 'app:1', keep: true } } });

  it.each<[Change, KubeObject | null, object | null]>([
    [{ verb: 'scale', target: web, replicas: 5 }, before, { verb: 'scale', replicas: 2 }],
    [{ verb: 'scale', target: web, replicas: 5 }, object(web, { spec: {} }), { verb: 'scale', replicas: 0 }],
    [{ verb: 'scale', target: web, replicas: 5 }, null, null],
    [{ verb: 'cordon', target: node }, object(node), { verb: 'uncordon' }],
    [{ verb: 'suspend', target: cron }, null, { verb: 'unsuspend' }],
    [{ verb: 'trigger', target: cron, jobName: 'now' }, null, { verb: 'delete', target: { kind: 'Job', name: 'now' } }],
    [{ verb: 'delete', target: web }, before, { verb: 'create', manifest: { spec: { replicas: 2 } } }],
    [
      { verb: 'setImage', target: web, images: { app: 'app:2' } },
      object(web, {
        spec: {
          template: {
            spec: {
              containers: [
                { name: 'app', image: 'app:1' },
                { name: 'side', image: 's:1' },
              ],
            },
          },
        },
      }),
      { verb: 'setImage', images: { app: 'app:1' } },
    ],
  ])('from %j is known before it is done', (change, live, undo) => {
    const known = undoOf(change, live, null);
    if (undo === null) expect(known).toBeNull();
    else expect(known?.change).toMatchObject(undo);
  });

  it('from a label is the old value, or none', () => {
    const live = { ...object(web), metadata: { name: 'web', namespace: 'shop', labels: { a: 'old' } } };
    const change: Change = { verb: 'label', target: web, entries: { a: 'new', b: 'new' }, overwrite: true };
    expect(undoOf(change, live, null)?.change).toMatchObject({ entries: { a: 'old', b: null }, overwrite: true });
  });

  it('from a patch is the patch that takes back what changed, and nothing else', () => {
    const after = object(web, { spec: { replicas: 2, paused: true, template: { image: 'app:2', keep: true, added: 1 } } });
    const change: Change = { verb: 'patch', target: web, patchType: 'merge', patch: { spec: { paused: true } } };
    expect(undoOf(change, before, null)).toBeNull();
    expect(undoOf(change, before, after)?.change).toMatchObject({
      patchType: 'merge',
      patch: { spec: { paused: false, template: { image: 'app:1', added: null } } },
    });
    expect(undoOf(change, before, before)).toMatchObject({ change: null, note: 'Nothing changed.' });
  });

  it('from a JSON patch is what stood in its places', () => {
    const after = object(web, { spec: { replicas: 2, paused: true, template: { image: 'app:1', keep: true } } });
    const patch = [{ op: 'replace', path: '/spec/paused', value: true }];
    const undo = undoOf({ verb: 'patch', target: web, patchType: 'json', patch }, before, after);
    expect(undo?.change).toMatchObject({ patchType: 'json', patch: [{ op: 'replace', path: '/spec/paused', value: false }] });
  });

  it('from a deletion says what does not come back', () => {
    expect(undoOf({ verb: 'delete', target: web }, before, null)?.note).toContain('without its earlier revisions');
  });

  it('from what was made is to delete just that; a Secret and what an owner makes anew have none', () => {
    const after = { ...object(web), metadata: { name: 'web', namespace: 'shop', uid: 'u7' } };
    expect(undoOf({ verb: 'create', target: { ...web, name: '' }, manifest: {} }, null, after)?.change).toMatchObject({
      verb: 'delete',
      uid: 'u7',
      target: { name: 'web' },
    });
    const secret = { ...object(web), apiVersion: 'v1', kind: 'Secret', data: { a: 'eA==' } };
    expect(undoOf({ verb: 'delete', target: login }, secret, null)).toMatchObject({ change: null, note: expect.stringContaining('not kept') });
    const owned = { ...object(web), metadata: { name: 'web', ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid: 'o' }] } };
    expect(undoOf({ verb: 'delete', target: pod }, owned, null)).toMatchObject({ change: null, note: expect.stringContaining('owner') });
  });
});

describe('what is written down of a Secret', () => {
  const value = ['sword', 'fish'].join('');
  const secret = (plain: string): KubeObject => ({ ...object(web), apiVersion: 'v1', kind: 'Secret', ...{ data: { plain } } });

  it.each<Change>([
    { verb: 'apply', target: login, force: false, manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, stringData: { plain: value } } },
    { verb: 'replace', target: login, manifest: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, data: { plain: value } } },
    { verb: 'patch', target: login, patchType: 'merge', patch: { stringData: { plain: value, old: null } } },
    { verb: 'patch', target: login, patchType: 'json', patch: [{ op: 'replace', path: '/data', value: { plain: value } }] },
  ])('never holds a value: %j', (change) => {
    const [before, after] = [secret('b2xk'), secret(value)];
    const whole = JSON.stringify([changeDraft(change, before), changeEnd(change, before, after)]);
    expect(whole).not.toContain(value);
    expect(whole).not.toContain('b2xk');
    expect(whole).toContain('***');
  });
});

describe('what is recorded', () => {
  const draft: ActDraft = { action: 'pod.exec', target: pod, input: {}, kubectl: null };
  const full = new AppError('STORAGE_UNAVAILABLE', 'full');

  it('is told before and after; what can not be told before is not done', async () => {
    const log = memoryLog();
    expect(
      await recordAct(
        log,
        draft,
        async () => 7,
        (value) => ({ detail: { value } }),
      ),
    ).toBe(7);
    expect(log.told).toEqual([draft, { outcome: 'done', detail: { value: 7 } }]);
    let done = false;
    const refused = recordAct(memoryLog({ begin: full }), draft, async () => {
      done = true;
    });
    await expect(refused).rejects.toBe(full);
    expect(done).toBe(false);
  });

  it('failed or cancelled, and the failure is what people hear', async () => {
    const log = memoryLog();
    const refusal = new AppError('FORBIDDEN', 'no');
    await expect(recordAct(log, draft, () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(log.told[1]).toEqual({ outcome: 'failed', error: { code: 'FORBIDDEN', message: 'no' } });
    await expect(recordAct(memoryLog({ end: full }), draft, () => Promise.reject(refusal))).rejects.toBe(refusal);
    await expect(recordAct(memoryLog({ end: full }), draft, async () => 7)).rejects.toBe(full);
  });

  it('goes on as long as a stream does, and knows whether it was read to its end', async () => {
    async function* three() {
      yield* [1, 2, 3];
    }
    const whole = memoryLog();
    for await (const _each of await recordStream(whole, draft, async () => three())) expect(whole.told).toHaveLength(1);
    expect(whole.told[1]).toEqual({ outcome: 'done' });
    const left = memoryLog();
    for await (const each of await recordStream(left, draft, async () => three())) if (each === 2) break;
    expect(left.told[1]).toEqual({ outcome: 'cancelled' });
    const told = memoryLog();
    for await (const _each of await recordStream(
      told,
      draft,
      async () => three(),
      (each) => ({ outcome: 'failed', detail: { each } }),
    ));
    expect(told.told[1]).toEqual({ outcome: 'failed', detail: { each: 3 } });
  });
});
