import { endpointIn, endpointNear } from '../endpoint.ts';
import type { ConnectFailure } from '../log-fact.ts';
import { isServerLog } from '../server-log.ts';
import { group, type LogContext, numberGroup, type Signature } from '../signature.ts';

function failed(reason: ConnectFailure, context: LogContext, file: string | null = null) {
  const endpoint = endpointNear(context);
  return { kind: 'connect-failed' as const, reason, host: endpoint?.host ?? null, port: endpoint?.port ?? null, file };
}

function mismatch(spoken: 'http' | 'https', context: LogContext) {
  // A server that writes down what a client did wrong is not the one who is wrong.
  if (/handshake error from|error during (?:TLS )?handshake/i.test(context.lines[context.index] ?? '')) return null;
  const endpoint = endpointNear(context);
  return { kind: 'protocol-mismatch' as const, spoken, host: endpoint?.host ?? null, port: endpoint?.port ?? null };
}

export const networkSignatures: readonly Signature[] = [
  {
    id: 'tls-to-plain',
    pattern:
      /wrong version number|first record does not look like a TLS handshake|server gave HTTP response to HTTPS client|record layer failure|SSL_ERROR_RX_RECORD_TOO_LONG|packet length too long|Unrecognized SSL message, plaintext|Unsupported or unrecognized SSL message/i,
    read: (_match, context) => mismatch('https', context),
  },
  {
    id: 'plain-to-tls',
    pattern:
      /Client sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port|Received HTTP\/0\.9 when not allowed|malformed HTTP response "\\x15|BadStatusLine[^\n]*\\x15/i,
    read: (_match, context) => mismatch('http', context),
  },
  {
    id: 'nginx-upstream-host',
    pattern: /host not found in (?:upstream|resolver) "(?<host>[^":]+)(?::(?<port>\d+))?"(?: in (?<file>\/\S+):\d+)?/,
    read: (match) => ({
      kind: 'connect-failed',
      reason: 'host-not-found',
      host: group(match, 'host'),
      port: numberGroup(match, 'port'),
      file: group(match, 'file'),
    }),
  },
  {
    id: 'host-not-found',
    pattern:
      /no such host|ENOTFOUND|EAI_AGAIN|bad address '|could not resolve host|unable to resolve host|name or service not known|temporary failure in name resolution|nodename nor servname|UnknownHostException|could not translate host name|unknown MySQL server host|getaddrinfo failed|no address associated with hostname|failed to lookup address|NXDOMAIN/i,
    read: (_match, context) => failed('host-not-found', context),
  },
  {
    id: 'connection-refused',
    pattern: /connection refused|ECONNREFUSED|actively refused|connect\(\) failed \(111/i,
    read: (_match, context) => failed('refused', context),
  },
  {
    id: 'host-unreachable',
    pattern: /no route to host|EHOSTUNREACH|ENETUNREACH|network is unreachable|host is unreachable/i,
    read: (_match, context) => failed('unreachable', context),
  },
  {
    id: 'connect-timeout',
    pattern:
      /ETIMEDOUT|i\/o timeout|connect(?:ion)?(?: attempt)? timed out|connect timeout|ConnectTimeout|download timed out|urlopen error timed out|TimeoutError\b|socket\.timeout|read timed out|connection timeout|context deadline exceeded|upstream timed out/i,
    read: (_match, context) => failed('timeout', context),
  },
  {
    id: 'server-error',
    pattern:
      /https?:\/\/(?:[^\s/@]*@)?(?<host>[a-zA-Z0-9][-a-zA-Z0-9._]*)(?::(?<port>\d+))?\S*[^\n]{0,60}?(?:\b(?:status(?: code)?|returned|responded(?: with)?|answered|got|HTTP(?:\/[\d.]+)?)|->|=>|:)[ :=]*(?:error )?(?<status>50[0234])\b(?! ?(?:m?s|[kKMG]i?B|bytes|items|rows)\b)|\b(?<code>50[0234]) (?:Server Error|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)\b[^\n]{0,60}?https?:\/\/(?:[^\s/@]*@)?(?<called>[a-zA-Z0-9][-a-zA-Z0-9._]*)(?::(?<at>\d+))?/,
    read(match) {
      const host = group(match, 'host') ?? group(match, 'called');
      const port = numberGroup(match, 'port') ?? numberGroup(match, 'at');
      return { kind: 'connect-failed', reason: 'server-error', host, port, file: null };
    },
  },
  {
    id: 'replica-write',
    pattern:
      /READONLY You can't write against a read only replica|cannot execute [A-Z ]+ in a read-only transaction|running with the --(?:super-)?read-only option|NotWritablePrimary|not master and slaveOk|\bnot primary\b.*\b(?:write|insert|update)/i,
    read(match, context) {
      if (isServerLog(match.input)) return null;
      const endpoint = endpointNear(context);
      return { kind: 'replica-write', host: endpoint?.host ?? null, port: endpoint?.port ?? null };
    },
  },
  {
    id: 'waiting-for',
    pattern: /\bwait(?:ing|s)? (?:for|on|until)\b(?<rest>.*)$/i,
    read(match) {
      const rest = group(match, 'rest') ?? '';
      const endpoint = endpointIn(rest);
      if (endpoint !== null) return { kind: 'waiting-for', ...endpoint };
      const name = /^\s+(?:the |service |host |dns )*["']?(?<host>[a-z0-9]+(?:[-.][a-z0-9]+)+)["']?/.exec(rest)?.groups?.host;
      return name === undefined ? null : { kind: 'waiting-for', host: name, port: null };
    },
  },
  {
    id: 'listening',
    pattern: /\b(?:listen(?:ing|s)?|serving|served|started|running|bound|accept(?:ing)? connections)\b[^\n]{0,60}?(?:\bport[ =:]+|:)(?<port>\d{2,5})\b(?!:\d)/i,
    read(match) {
      const port = numberGroup(match, 'port');
      return port === null || port > 65535 ? null : { kind: 'listening', port };
    },
  },
  {
    id: 'address-in-use',
    pattern: /address (?:is )?already in use|EADDRINUSE|port (?:\d+ )?(?:is )?already (?:in use|allocated)/i,
    read(match) {
      const line = match.input;
      const port = /(?:port |:)(\d{2,5})\b/.exec(line);
      return { kind: 'address-in-use', port: port === null ? null : Number(port[1]) };
    },
  },
];
