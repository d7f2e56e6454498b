import type { EvidenceReader } from '@quarterdeck/cluster';
import type { KubeObject } from '@quarterdeck/contract';
import { refOf, refTo } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { defineAnalyser, defineCode } from '../model/analyser.ts';
import { fromYaml, fullCoverage, logAnswer, runDiagnosis, testNow } from '../testing/index.ts';
import { knowledgeOf } from './knowledge.ts';
import { createLiveDiagnosis, type DiagnosisUpdate } from './live-diagnosis.ts';
import type { DiagnosisClock, ObjectSource } from './object-source.ts';

const unwell = defineCode<{ words: string }>({
  code: 'test-unwell',
  title: 'Pod is unwell',
  documentation: 'For tests.',
  silentWhen: 'There is none.',
  opensAfterSeconds: 20,
  closesAfterSeconds: 30,
  message: (facts) => `It says ${facts.words}.`,
});

/** A pod with a status message is unwell; where the message is `log`, in the words of its log. */
const wellness = defineAnalyser({
  id: 'test-wellness',
  kind: 'Pod',
  reads: [],
  codes: [unwell],
  *analyse({ metadata: { name, namespace = '' }, status }, view) {
    if (status?.message === undefined) return;
    const log = status.message === 'log' ? view.ask<'log'>({ need: 'log', namespace, pod: name, container: 'app', previous: false, lines: 50 }) : undefined;
    const words = log?.state === 'answered' ? (log.value[0]?.text ?? '') : status.message;
    yield {
      code: unwell.code,
      object: refTo('Pod', namespace, name),
      discriminator: '',
      severity: 'high',
      since: Date.parse(status.startTime ?? ''),
      facts: { words },
      evidence: [],
    };
  },
});

const knows = { analysers: [wellness], rules: [] };

function pod(name: string, message: string | null, startedAgo = 60): KubeObject[] {
  const status = message === null ? '{}' : `{message: ${message}, startTime: '${new Date(testNow - startedAgo * 1000).toISOString()}'}`;
  return fromYaml(`kind: Pod\nmetadata: {name: ${name}}\nstatus: ${status}`);
}

/** Time that stands still until it is moved; sleepers wake in the order of their times. */
class TestClock implements DiagnosisClock {
  #now = testNow;
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { at: this.#now + milliseconds, wake: resolve };
    this.#sleepers.add(sleeper);
    const abort = () => {
      this.#sleepers.delete(sleeper);
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    return promise;
  }

  async advance(seconds: number): Promise<void> {
    const until = this.#now + seconds * 1000;
    for (;;) {
      await settle();
      const [next] = [...this.#sleepers].sort((a, b) => a.at - b.at);
      if (next === undefined || next.at > until) break;
      this.#now = Math.max(this.#now, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.#now = until;
  }
}

/** Lets everything that can run without time run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

function start(objects: KubeObject[], evidence: EvidenceReader = { read: () => Promise.resolve({ state: 'refused', reason: 'nothing to read' }) }) {
  const clock = new TestClock();
  const control = new AbortController();
  const updates: DiagnosisUpdate[] = [];
  let current = objects;
  let listener = () => {};
  const source: ObjectSource = {
    follow(changed) {
      listener = changed;
      let known: readonly KubeObject[] = [];
      return {
        take() {
          const next = [...current];
          const names = new Set(next.map(({ metadata }) => metadata.name));
          const deletes = known.filter(({ metadata }) => !names.has(metadata.name)).map(refOf);
          known = next;
          return { takenAt: clock.now(), scope: null, upserts: next, deletes, coverage: fullCoverage() };
        },
        end() {
          listener = () => {};
        },
      };
    },
  };
  const live = createLiveDiagnosis({ source, evidence, clock, signal: control.signal, knowledge: knowledgeOf(knows) });
  live.subscribe((update) => updates.push(update));
  return {
    clock,
    live,
    updates,
    stop: () => control.abort(),
    change(next: KubeObject[]) {
      current = next;
      listener();
    },
    open: () => live.current()?.incidents.map((incident) => incident.cause.name),
  };
}

describe('createLiveDiagnosis', () => {
  it('follows changes and tells what is new and what is gone', async () => {
    const { clock, live, updates, change, open } = start(pod('a', 'no'));
    expect((await live.ready()).upserts).toHaveLength(1);
    change([...pod('a', 'no'), ...pod('b', 'no')]);
    await clock.advance(1);
    expect(open()).toEqual(['a', 'b']);
    expect(updates.at(-1)?.upserts.map((incident) => incident.cause.name)).toEqual(['b']);
    change(pod('b', 'no'));
    await clock.advance(29);
    expect(open()).toEqual(['a', 'b']);
    await clock.advance(5);
    expect(open()).toEqual(['b']);
    expect(updates.at(-1)?.removes).toHaveLength(1);
  });

  it('looks at many changes at once', async () => {
    const { clock, live, updates, change } = start([]);
    await live.ready();
    for (let i = 0; i < 50; i++) change(pod(`p${i}`, 'no'));
    await clock.advance(1);
    expect(updates.length).toBeLessThanOrEqual(3);
    expect(live.current()?.incidents.map((incident) => incident.cause.name)).toEqual(['p49']);
  });

  it('opens an incident by itself when its symptom has lasted', async () => {
    const { clock, live, open } = start(pod('a', 'no', 5));
    expect((await live.ready()).incidents).toEqual([]);
    await clock.advance(14);
    expect(open()).toEqual([]);
    await clock.advance(2);
    expect(open()).toEqual(['a']);
  });

  it('does not let a flapping symptom come and go', async () => {
    const { clock, live, updates, change, open } = start(pod('a', 'no'));
    await live.ready();
    for (const message of [null, 'no', null, 'no']) {
      change(pod('a', message));
      await clock.advance(10);
      expect(open()).toEqual(['a']);
    }
    expect(updates.flatMap((update) => update.removes)).toEqual([]);
  });

  it('keeps a log for a while and reads it again by itself', async () => {
    let reads = 0;
    const read = () => Promise.resolve(logAnswer([`reading ${++reads}`]));
    const { clock, live, change } = start(pod('a', 'log'), { read });
    await live.ready();
    change([...pod('a', 'log'), ...pod('b', null)]);
    await clock.advance(5);
    expect(reads).toBe(1);
    await clock.advance(12);
    expect(reads).toBe(2);
    expect(live.current()?.incidents[0]?.sentence).toContain('reading 2');
  });

  it('survives a check that fails, and says so until one succeeds', async () => {
    const { clock, live, change, open } = start(pod('a', 'no'));
    await live.ready();
    const broken = pod('a', 'no');
    Object.defineProperty(broken, Symbol.iterator, {
      value: () => {
        throw new Error('torn');
      },
    });
    change(broken);
    await clock.advance(1);
    expect(live.current()?.coverage).toEqual({ complete: false, skipped: [{ what: 'the latest check', reason: 'it failed: torn' }] });
    expect(open()).toEqual(['a']);
    change(pod('b', 'no'));
    await clock.advance(60);
    expect([open(), live.current()?.coverage.complete]).toEqual([['b'], true]);
  });

  it('ends with its signal', async () => {
    const { live, stop } = start([]);
    await live.ready();
    stop();
    await expect(live.ended).resolves.toBeUndefined();
  });

  it('says in the end what a fresh run says', async () => {
    const { clock, live, change } = start(pod('a', 'no'));
    const steps = [
      [...pod('a', 'no'), ...pod('b', 'no')],
      pod('b', 'other'),
      [...pod('b', 'other'), ...pod('c', 'no', 0)],
      [...pod('c', 'no', 0), ...pod('d', 'no')],
    ];
    for (const step of steps) {
      change(step);
      await clock.advance(0.2);
    }
    await clock.advance(120);
    const fresh = await runDiagnosis(steps.at(-1) ?? [], { knows, now: clock.now() });
    expect(live.current()?.incidents).toEqual(fresh.incidents);
  });
});
