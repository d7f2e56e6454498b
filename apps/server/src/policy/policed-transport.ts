import { type JudgedRequest, type LineStream, type RequestInfo, requestInfo, type Transport, type TransportRequest } from '@quarterdeck/cluster';
import { AppError, type ResourceKind } from '@quarterdeck/contract';
import { filteredAnswer, filteredLine } from './filter-answer.ts';
import { notThere } from './not-there.ts';
import { type RequestSight, requestSight } from './request-sight.ts';
import type { Sight } from './sight.ts';

export interface Policing {
  sight: Sight;
  /** Why a request may not be made, by what it does; null where it may. */
  authorize(request: JudgedRequest): AppError | null;
  /** All kinds of the cluster, also those that are hidden. */
  kinds(signal: AbortSignal): Promise<readonly ResourceKind[]>;
}

type RelayRequest = Parameters<Transport['relay']>[0];

/** The API server as one policy shows it: each request is judged by what it will really do. It owns nothing: `close` leaves the shared transport open. */
export class PolicedTransport implements Transport {
  private readonly inner: Transport;
  private readonly policing: Policing;

  constructor(inner: Transport, policing: Policing) {
    this.inner = inner;
    this.policing = policing;
  }

  async json(request: TransportRequest): Promise<unknown> {
    const { info, seen } = await this.judge(request);
    if (seen.shows === 'empty') return { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: '0' }, items: [] };
    const answer = await this.inner.json(request);
    if (seen.shows === 'whole') return answer;
    const filtered = filteredAnswer(this.policing.sight, seen.kind, answer);
    if (filtered === null) throw refused(info);
    return filtered;
  }

  async text(request: TransportRequest, maxBytes: number): Promise<string> {
    await this.judgeWhole(request);
    return this.inner.text(request, maxBytes);
  }

  async stream(request: Parameters<Transport['stream']>[0]): Promise<LineStream> {
    const { info, seen } = await this.judge(request);
    if (seen.shows === 'empty') throw refused(info);
    const stream = await this.inner.stream(request);
    if (seen.shows === 'whole') return stream;
    const { kind } = seen;
    return { lines: filteredLines(stream.lines, (line) => filteredLine(this.policing.sight, kind, line)), close: () => stream.close() };
  }

  async bytes(request: Parameters<Transport['bytes']>[0]): ReturnType<Transport['bytes']> {
    await this.judgeWhole(request);
    return this.inner.bytes(request);
  }

  async socket(request: Parameters<Transport['socket']>[0]): ReturnType<Transport['socket']> {
    await this.judgeWhole(request);
    return this.inner.socket(request);
  }

  /** What is passed on to a child process can't be looked into on the way: a list that may hold something hidden is refused. */
  async relay(request: RelayRequest): ReturnType<Transport['relay']> {
    const info = requestInfo(request.method, request.target);
    const seen = await this.sightOf({ info, query: queryOf(request.target), body: undefined }, request.signal);
    if (seen.shows === 'whole') return this.inner.relay(request);
    if (seen.shows === 'hidden') throw refused(info);
    throw new AppError('FORBIDDEN', 'Your access policy does not show all namespaces.', { hint: 'Name one namespace.' });
  }

  async close(): Promise<void> {
    // The transport is shared; its owner closes it.
  }

  private async judgeWhole(request: TransportRequest): Promise<void> {
    const { info, seen } = await this.judge(request);
    if (seen.shows !== 'whole') throw refused(info);
  }

  private async judge(request: Pick<TransportRequest, 'path' | 'query' | 'method' | 'body' | 'signal'>) {
    const target = targetOf(request);
    const info = requestInfo(request.method ?? 'GET', target);
    const seen = await this.sightOf({ info, query: queryOf(target), body: parsed(request.body?.text) }, request.signal);
    if (seen.shows === 'hidden') throw refused(info);
    return { info, seen };
  }

  /** What is hidden is not there at all, before it is asked whether it may be done. */
  private async sightOf(request: JudgedRequest, signal: AbortSignal): Promise<Exclude<RequestSight, { shows: 'unchangeable' }>> {
    const { sight, kinds, authorize } = this.policing;
    const seen: RequestSight = sight.whole ? { shows: 'whole' } : requestSight(sight, await kinds(signal), request);
    if (seen.shows === 'unchangeable') throw beyondNamespaces();
    const refused = seen.shows === 'hidden' ? null : authorize(request);
    if (refused !== null) throw refused;
    return seen;
  }
}

/** Path and query as they will be sent. */
export function targetOf({ path, query = {} }: Pick<TransportRequest, 'path' | 'query'>): string {
  const parameters = new URLSearchParams(Object.entries(query).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])));
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

function beyondNamespaces(): AppError {
  return new AppError('FORBIDDEN', 'This belongs to no namespace and reaches into all of them, and your access policy does not show all of them.', {
    hint: 'Ask somebody who sees the whole cluster, or for a policy that names its kind.',
  });
}

function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.split('?').slice(1).join('?'));
}

function refused(info: RequestInfo | null): AppError {
  return notThere(info === null || info.resource === null ? 'such a thing' : [info.resource, info.name].filter((part) => part !== null).join(' '));
}

/** Null for what is no JSON: nothing is known of it then. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* filteredLines(lines: AsyncIterable<string>, filter: (line: string) => string | null): AsyncGenerator<string> {
  for await (const line of lines) {
    const kept = filter(line);
    if (kept !== null) yield kept;
  }
}
