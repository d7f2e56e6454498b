import type { OpenForward } from '@quarterdeck/cluster';
import type { ForwardPort, ForwardStats } from '@quarterdeck/contract';
import type { Output } from '../context.ts';
import { forwardLine } from '../output/forward-line.ts';

/** Where the state of a forward is told. */
export interface ForwardDisplay {
  begin(address: string, ports: readonly ForwardPort[]): void;
  tell(stats: ForwardStats): void;
  end(): void;
}

/** Milliseconds between two looks at the counters. */
const lookMs = 500;

/** Tells of a forward until the signal aborts. */
export async function showForward(forward: OpenForward, address: string, display: ForwardDisplay, signal: AbortSignal): Promise<void> {
  display.begin(address, forward.ports);
  const tell = () => display.tell(forward.stats());
  const timer = setInterval(tell, lookMs);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(timer);
  tell();
  display.end();
}

export function portLines(address: string, ports: readonly ForwardPort[]): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return ports.map(({ local, remote }) => `Forwarding from ${host}:${local} -> ${remote}\n`).join('');
}

function event(out: Output, type: string, body: object): void {
  out.write(`${JSON.stringify({ type, time: new Date().toISOString(), ...body })}\n`);
}

/** Everything as events, one a line. */
export function eventDisplay(out: Output): ForwardDisplay {
  let told = '';
  return {
    begin: (address, ports) => event(out, 'listening', { address, ports }),
    tell(stats) {
      const news = JSON.stringify(stats);
      if (news !== told) event(out, 'stats', stats);
      told = news;
    },
    end: () => event(out, 'stopped', {}),
  };
}

/** For a log that nobody may read for weeks: changes of the state, and what goes wrong, each kind once. */
export function logDisplay(out: Output): ForwardDisplay {
  const known = new Set<string>();
  let told = 'listening';
  return {
    begin: (address, ports) => event(out, 'listening', { address, ports }),
    tell({ state, reason, errors }) {
      for (const { message } of errors.filter((error) => !known.has(error.message))) {
        known.add(message);
        event(out, 'error', { message });
      }
      if (state !== told) event(out, 'state', { state, reason });
      told = state;
    },
    end: () => event(out, 'stopped', {}),
  };
}

/** One line that is drawn again on a terminal; elsewhere only what goes wrong. */
export function textDisplay(out: Output, err: Output): ForwardDisplay {
  const counts = new Map<string, number>();
  let state = 'listening';
  const say = (text: string) => err.write(`${err.columns === null ? '' : '\r\x1b[K'}qd: ${text}\n`);
  return {
    begin: (address, ports) => out.write(portLines(address, ports)),
    tell(stats) {
      for (const { message, count } of stats.errors) {
        if (count > (counts.get(message) ?? 0)) say(message);
        counts.set(message, count);
      }
      if (stats.state !== state && stats.reason !== null) say(stats.reason);
      state = stats.state;
      if (err.columns !== null) err.write(`\r\x1b[K${forwardLine(stats).slice(0, err.columns - 1)}`);
    },
    end: () => (err.columns === null ? undefined : err.write('\n')),
  };
}
