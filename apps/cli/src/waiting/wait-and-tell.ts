import { AppError, type ObjectRef } from '@quarterdeck/contract';
import { type ChangeSession, resourceName } from '../changes/change-session.ts';
import { type ManifestFiles, readManifests } from '../changes/read-manifests.ts';
import { selectTargets } from '../changes/select-targets.ts';
import { kubeAge } from '../output/kube-age.ts';
import { printable } from '../output/printable.ts';
import { type WaitCondition, waitCondition } from './wait-condition.ts';
import { type Waiting, waitForObjects } from './wait-for-objects.ts';
import { whyItStalls } from './why-it-stalls.ts';

export interface WaitChoice extends ManifestFiles {
  targets: readonly string[];
  selector?: string | undefined;
  all: boolean;
  for: readonly string[];
  /** Seconds. */
  timeout?: number | undefined;
  output?: 'name' | 'json' | undefined;
}

const defaultSeconds = 30;
/** Nothing changed for so long: milliseconds. */
const stalledAfter = 15_000;

/** @returns 0 when all is as it should be. Throws TIMEOUT where it takes longer. */
export async function waitAndTell(session: ChangeSession, choice: WaitChoice): Promise<number> {
  const { access, context } = session;
  const conditions = choice.for.map(waitCondition);
  const targets = await targetsOf(session, choice);
  if (targets.length === 0) {
    if (conditions.every(({ type }) => type === 'delete')) return 0;
    throw new AppError('NOT_FOUND', 'No objects match.', { hint: 'Look with `qd get`; --for=create waits for a named object.' });
  }
  const seconds = choice.timeout ?? defaultSeconds;
  // 0 looks once: the first state of each object comes within this.
  const deadline = AbortSignal.timeout(seconds === 0 ? 5_000 : seconds * 1000);
  const display = new WaitDisplay(session, choice.output, conditions.length > 1);
  const stall = stallWatch(() => tellWhy(session, display.open()));
  try {
    await waitForObjects(access, targets, {
      conditions,
      onChange(waiting) {
        stall.again();
        display.tell(waiting);
      },
      signal: AbortSignal.any([context.signal, deadline]),
    });
    return 0;
  } catch (thrown) {
    if (!deadline.aborted || context.signal.aborted) throw thrown;
    await tellWhy(session, display.open());
    throw tooLong(display.open(), conditions, seconds);
  } finally {
    stall.end();
  }
}

async function targetsOf(session: ChangeSession, choice: WaitChoice): Promise<ObjectRef[]> {
  if (choice.filename.length > 0 || choice.kustomize !== undefined)
    return (await readManifests(session, choice, { verb: 'delete' })).map(({ target }) => target);
  return selectTargets(session, choice);
}

function tooLong(open: readonly ObjectRef[], conditions: readonly WaitCondition[], seconds: number): AppError {
  const names = open.map((target) => resourceName(target)).join(', ');
  return new AppError('TIMEOUT', `After ${seconds} s this is not so yet: ${conditions.map(({ text }) => text).join(' and ')} of ${names}.`, {
    hint: 'Wait longer with --timeout, or look at it with `qd describe`.',
  });
}

/** Says how objects come to be what is waited for, with the time that it took. */
class WaitDisplay {
  readonly #session: ChangeSession;
  readonly #output: 'name' | 'json' | undefined;
  readonly #several: boolean;
  readonly #began: number;
  readonly #open = new Map<string, ObjectRef>();

  constructor(session: ChangeSession, output: 'name' | 'json' | undefined, several: boolean) {
    this.#session = session;
    this.#output = output;
    this.#several = several;
    this.#began = session.context.now();
  }

  tell(waiting: Waiting): void {
    const { out, err, now } = this.#session.context;
    const name = resourceName(waiting.target);
    // What was never there is not said to be gone.
    if (waiting.done && !this.#open.has(name) && waiting.conditions.every(({ condition }) => condition.type === 'delete')) return;
    if (waiting.done) this.#open.delete(name);
    else this.#open.set(name, waiting.target);
    const elapsed = kubeAge(now() - this.#began);
    if (this.#output === 'json') {
      const conditions = waiting.conditions.map(({ condition, met, stand }) => ({ for: condition.text, met, stand }));
      out.write(
        `${JSON.stringify({ type: waiting.done ? 'met' : 'waiting', time: new Date(now()).toISOString(), elapsed, object: waiting.target, conditions })}\n`,
      );
      return;
    }
    if (waiting.done) out.write(this.#output === 'name' ? `${name}\n` : `${name} condition met\n`);
    else if (err.columns !== null) err.write(`${elapsed}  ${name}  ${printable(this.#standOf(waiting))}\n`);
  }

  /** Those that are still waited for. */
  open(): ObjectRef[] {
    return [...this.#open.values()];
  }

  #standOf({ conditions }: Waiting): string {
    const open = conditions.filter(({ met }) => !met);
    return open.map(({ condition, stand }) => (this.#several ? `${condition.text}: ${stand}` : stand)).join('; ');
  }
}

async function tellWhy({ access, context }: ChangeSession, targets: readonly ObjectRef[]): Promise<void> {
  const live = targets.filter(({ name }) => name !== '');
  const lines = await whyItStalls(access, live, context.signal).catch(() => {
    context.signal.throwIfAborted();
    return []; // What is waited for counts; that nobody knows why is no failure of its own.
  });
  for (const line of lines) context.err.write(`${printable(line)}\n`);
}

/** Calls once, when nothing was told for a while. */
function stallWatch(onStall: () => Promise<void>): { again(): void; end(): void } {
  let told: Promise<void> | null = null;
  const stalled = () => {
    told ??= onStall();
  };
  let timer = setTimeout(stalled, stalledAfter);
  return {
    again() {
      clearTimeout(timer);
      if (told === null) timer = setTimeout(stalled, stalledAfter);
    },
    end: () => clearTimeout(timer),
  };
}
