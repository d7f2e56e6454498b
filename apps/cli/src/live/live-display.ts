import { writeFile } from 'node:fs/promises';
import { toAppError } from '@quarterdeck/contract';
import type { CommandContext, Terminal } from '../context.ts';
import { painter } from '../output/style.ts';
import { screenLines } from './live-screen.ts';
import { type LiveEvent, type LiveState, type LiveUpdate, liveState, reduce, shownLines } from './live-state.ts';

export interface LiveSource {
  title: string;
  /** Ends when there is nothing more to come; the display then stays until it is left. */
  updates(signal: AbortSignal): AsyncIterable<LiveUpdate>;
  /** What there is to say about what is shown, asked for with a key. */
  summary(state: LiveState, signal: AbortSignal): Promise<readonly string[]>;
}

/** Milliseconds between two drawings. */
const drawEvery = 100;
/** Enters and leaves the second screen of a terminal, which leaves what stood there. */
const enter = '\u001b[?1049h\u001b[?25l';
const leave = '\u001b[?25h\u001b[?1049l';

/** Shows what a source tells until the person leaves it, then prints the last state. Throws as the source does. */
export async function showLive(source: LiveSource, terminal: Terminal, context: CommandContext): Promise<void> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([context.signal, leaving.signal]);
  let state = liveState(source.title);
  const take = (event: LiveEvent) => {
    state = reduce(state, event);
    if (state.done) leaving.abort();
  };
  const draw = () => context.out.write(drawn(state, terminal, context));
  const timer = setInterval(draw, drawEvery);
  context.out.write(enter);
  try {
    await Promise.race([Promise.all([follow(source, take, context, signal), readKeys(source, terminal, take, () => state, signal)]), untilAborted(signal)]);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  } finally {
    clearInterval(timer);
    leaving.abort();
    context.out.write(leave);
    context.out.write(asText(state));
  }
}

async function follow(source: LiveSource, take: (event: LiveEvent) => void, { now }: CommandContext, signal: AbortSignal): Promise<void> {
  for await (const update of source.updates(signal)) take({ type: 'update', update, at: now() });
  await untilAborted(signal);
}

async function readKeys(source: LiveSource, terminal: Terminal, take: (event: LiveEvent) => void, state: () => LiveState, signal: AbortSignal): Promise<void> {
  for await (const key of terminal.keys(signal)) {
    const { typing } = state();
    take({ type: 'key', key });
    if (typing) continue;
    if (key === 's') take({ type: 'note', note: [await saved(state())] });
    if (key === '?' || key === 'a') {
      take({ type: 'note', note: ['Looking …'] });
      take({ type: 'note', note: await source.summary(state(), signal).catch((thrown: unknown) => [toAppError(thrown).message]) });
    }
  }
}

async function saved(state: LiveState): Promise<string> {
  const file = `qd-watch-${new Date().toISOString().replace(/[:.]/g, '-')}.txt`;
  try {
    await writeFile(file, asText(state), { flag: 'wx' });
    return `Saved to ${file}.`;
  } catch (thrown) {
    return `It can't be saved here: ${toAppError(thrown).message}`;
  }
}

function drawn(state: LiveState, terminal: Terminal, { out, now }: CommandContext): string {
  const lines = screenLines(state, { columns: out.columns ?? 80, rows: terminal.rows(), now: now(), paint: painter(out.colour) });
  return `\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\n')}\u001b[J`;
}

function asText(state: LiveState): string {
  const screen = { columns: 400, rows: 10_000, now: Number.POSITIVE_INFINITY, paint: painter(false) };
  const [title = '', head = ''] = screenLines({ ...state, note: [] }, screen);
  const lines = shownLines(state).filter(({ gone }) => !gone);
  const table = screenLines({ ...state, lines: new Map(lines.map((line) => [line.key, line])), held: null, note: [] }, screen).slice(2, 2 + lines.length);
  return [title, head, ...table, ''].join('\n');
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
