import type { LogLine } from '@quarterdeck/cluster';
import { factsOf, type LogClaim, type LogFact, type LogKind } from './log-fact.ts';
import type { LogContext } from './signature.ts';
import { signatures } from './signatures/index.ts';

export interface LogReading {
  facts: readonly LogFact[];
  /** The last line that says anything; null where the log is empty. */
  lastLine: string | null;
  lastAt: string | null;
  lines: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with the escape character
const colour = /\u001b\[[0-9;]*[A-Za-z]/g;
const longestLine = 2000;
const readings = new WeakMap<readonly LogLine[], LogReading>();

/** Reads a log against the table of signatures, once per log. */
export function readLog(log: readonly LogLine[]): LogReading {
  const known = readings.get(log);
  if (known !== undefined) return known;
  const reading = parse(log);
  readings.set(log, reading);
  return reading;
}

/** What one text says, e.g. the output of a probe in an event. */
export function readText(text: string): readonly LogFact[] {
  return parse(text.split('\n').map((line) => ({ at: null, text: line }))).facts;
}

function parse(log: readonly LogLine[]): LogReading {
  const lines = log.map((line) => line.text.replace(colour, '').slice(0, longestLine));
  const facts = new Map<string, LogFact>();
  for (const [index, text] of lines.entries()) {
    const at = log[index]?.at ?? null;
    for (const claim of claimsOf({ lines, index })) note(facts, claim, text.trim(), at);
  }
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return { facts: [...facts.values()], lastLine: lines[last]?.trim() ?? null, lastAt: log[last]?.at ?? null, lines: lines.length };
}

/** An exception whose message says something more exact is only that. */
function claimsOf(context: LogContext): LogClaim[] {
  const text = context.lines[context.index] ?? '';
  const claims = new Map<LogKind, LogClaim>();
  for (const signature of signatures) {
    const match = signature.pattern.exec(text);
    const claim = match === null ? null : signature.read(match, context);
    if (claim !== null && !claims.has(claim.kind) && !(claim.kind === 'exception' && specific(claims))) claims.set(claim.kind, claim);
  }
  if (claims.has('connect-failed')) claims.delete('waiting-for');
  return [...claims.values()];
}

const vague: ReadonlySet<LogKind> = new Set(['listening', 'waiting-for', 'exception']);

function specific(claims: ReadonlyMap<LogKind, LogClaim>): boolean {
  return [...claims.keys()].some((kind) => !vague.has(kind));
}

function note(facts: Map<string, LogFact>, claim: LogClaim, line: string, at: string | null): void {
  const key = JSON.stringify(claim);
  const known = facts.get(key);
  if (known === undefined) facts.set(key, { claim, line, count: 1, firstAt: at, lastAt: at });
  else facts.set(key, { ...known, line, count: known.count + 1, lastAt: at ?? known.lastAt });
}

/** Ports that the program says it listens on. */
export function listeningPorts(facts: readonly LogFact[]): number[] {
  return [...new Set(factsOf(facts, 'listening').map((fact) => fact.claim.port))];
}
