import type { OpenForward } from '@quarterdeck/cluster';
import { AppError, type ForwardPort, type ForwardRequest, type ForwardStats } from '@quarterdeck/contract';
import * as z from 'zod';
import { clusterInput, clusterOptions } from '../cluster/cluster-options.ts';
import { defineCommand } from '../command.ts';
import type { CommandContext, Output } from '../context.ts';
import { withActs } from '../ledger/with-acts.ts';
import { forwardLine } from '../output/forward-line.ts';

const input = z.object({
  ...clusterInput,
  target: z.string().min(1),
  ports: z.array(z.string()).default([]),
  namespace: z.string().min(1).optional(),
  selector: z.string().min(1).optional(),
  address: z.string().min(1).default('127.0.0.1'),
  output: z.enum(['text', 'json']).default('text'),
});

export const portForward = defineCommand({
  name: 'port-forward',
  summary: 'Make ports of a pod, a Service or a workload reachable on this machine',
  description:
    'Each connection goes to a pod that is ready then, so it survives restarts and rollouts. Statistics are shown on a terminal; with -o json they are events, one a line.',
  input,
  arguments: { target: 'A pod, or TYPE/NAME: svc/web, deploy/api; with --selector the first port' },
  rest: ['ports', 'LOCAL:REMOTE, REMOTE or :REMOTE (any free local port); REMOTE may be a name'],
  options: {
    namespace: { short: 'n', value: 'name', description: "The namespace (default: the context's)" },
    selector: { short: 'l', value: 'labels', description: 'A ready pod with these labels, instead of a target' },
    address: { value: 'address', description: 'Where to listen (default: 127.0.0.1); others let other machines in' },
    output: { short: 'o', value: 'text|json', description: 'Form of the output (default: text)' },
    ...clusterOptions,
  },
  examples: [
    ['port-forward svc/web 8080:80', 'the Service, through whichever pod is ready'],
    ['port-forward api-7d9c :http :9090', 'two ports of a pod, on free local ports'],
    ['port-forward -l app=web 8080', 'the same port here and there'],
  ],
  async run(typed, context) {
    const [{ forwardDraft, openForward, recordAct }, { defaultNamespace }] = await Promise.all([
      import('@quarterdeck/cluster'),
      import('../cluster/default-namespace.ts'),
    ]);
    const request = requestOf(typed, typed.namespace ?? (await defaultNamespace(typed)));
    const access = await context.openAccess(typed);
    try {
      const open = () => openForward(access, request, { signal: context.signal });
      const forward = await withActs(context, access.id, (acts) => recordAct(acts, forwardDraft(request), open, ({ ports }) => ({ detail: { ports } })));
      try {
        await show(forward, request, typed.output, context);
      } finally {
        await forward.close();
      }
      return 0;
    } finally {
      await access.close();
    }
  },
});

function requestOf({ target, ports, selector, address }: z.output<typeof input>, namespace: string): ForwardRequest {
  const texts = selector === undefined ? ports : [target, ...ports];
  if (texts.length === 0) throw new AppError('VALIDATION_ERROR', 'No port is given.', { hint: 'Add one, as 8080:80.' });
  const where = { namespace, address: address === 'localhost' ? '127.0.0.1' : address, ports: texts.map(parsePort) };
  if (selector !== undefined) return { ...where, kind: 'Pod', selector };
  const slash = target.indexOf('/');
  return { ...where, kind: slash < 0 ? 'Pod' : target.slice(0, slash), name: target.slice(slash + 1) };
}

/** `8080:80`, `80`, `:http`. */
function parsePort(text: string): ForwardPort {
  const [, local, remote = ''] = /^(?:(\d{0,5}):)?([\w-]+)$/.exec(text) ?? [];
  const number = /^\d+$/.test(remote) ? Number(remote) : null;
  const port = { local: local === undefined ? (number ?? 0) : Number(local), remote: number ?? remote };
  const fits = remote !== '' && port.local <= 65_535 && (number === null || (number > 0 && number <= 65_535));
  if (fits) return port;
  throw new AppError('VALIDATION_ERROR', `"${text}" is no port.`, { hint: 'Give LOCAL:REMOTE, REMOTE or :REMOTE, as 8080:80.' });
}

/** Milliseconds between two looks at the counters. */
const lookMs = 500;

async function show(forward: OpenForward, { address }: ForwardRequest, output: 'text' | 'json', { out, err, signal }: CommandContext): Promise<void> {
  const host = address.includes(':') ? `[${address}]` : address;
  if (output === 'json') event(out, 'listening', { address, ports: forward.ports });
  else for (const { local, remote } of forward.ports) out.write(`Forwarding from ${host}:${local} -> ${remote}\n`);
  const live = output === 'json' ? jsonStats(out) : terminalStats(err);
  const tell = () => live.tell(forward.stats());
  const timer = setInterval(tell, lookMs);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(timer);
  tell();
  live.end();
}

function event(out: Output, type: string, body: object): void {
  out.write(`${JSON.stringify({ type, time: new Date().toISOString(), ...body })}\n`);
}

interface LiveStats {
  tell(stats: ForwardStats): void;
  end(): void;
}

function jsonStats(out: Output): LiveStats {
  let told = '';
  return {
    tell(stats) {
      const news = JSON.stringify(stats);
      if (news !== told) event(out, 'stats', stats);
      told = news;
    },
    end: () => event(out, 'stopped', {}),
  };
}

/** One line that is drawn again on a terminal; elsewhere only what goes wrong. */
function terminalStats(err: Output): LiveStats {
  const counts = new Map<string, number>();
  let state = 'listening';
  const say = (text: string) => err.write(`${err.columns === null ? '' : '\r\x1b[K'}qd: ${text}\n`);
  return {
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
