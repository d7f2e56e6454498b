import type { LogContext } from './signature.ts';

export interface Endpoint {
  host: string;
  port: number | null;
}

const hostName = '(?<host>[a-zA-Z0-9](?:[-a-zA-Z0-9._]*[a-zA-Z0-9])?)';

/** Most specific first: how programs write down whom they called. */
const written: readonly RegExp[] = [
  new RegExp(`server at "${hostName}"(?: \\([^)]*\\))?, port (?<port>\\d+)`),
  new RegExp(`host(?: ?name)? "${hostName}"`),
  // Without quotation marks only what no word of a sentence looks like.
  /\bhost(?: ?name)? (?<host>[a-z0-9]+(?:[-.][a-z0-9]+)+)(?::(?<port>\d{2,5}))?(?=[\s:,)]|$)/i,
  new RegExp(`host='${hostName}', port=(?<port>\\d+)`),
  new RegExp(`MySQL server (?:host|on) '${hostName}(?::(?<port>\\d+))?'`),
  new RegExp(
    `(?:bad address|unable to resolve host address|could not resolve host|Name or service not known|nodename nor servname)[: ]+['"‘]?${hostName}`,
    'i',
  ),
  new RegExp(`(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH) ${hostName}(?::(?<port>\\d+))?`),
  new RegExp(`UnknownHostException: ${hostName}`),
  new RegExp(`dial (?:tcp|udp)[46]?:? lookup ${hostName}`),
  new RegExp(`lookup ${hostName}(?: on [\\d.]+:53)?: no such host`),
  new RegExp(`remote host \\(${hostName}\\)`),
  new RegExp(`connect to (?:host )?${hostName} port (?<port>\\d+)`),
  new RegExp(`\\b[a-z][a-z0-9+.-]*://(?:[^\\s/@]*@)?${hostName}(?::(?<port>\\d+))?`),
  // As Java writes a socket address: the name, what it resolved to, the port.
  new RegExp(`(?:^|[\\s"'(=\\[@])${hostName}/(?:<unresolved>|[\\d.]+|\\[[\\da-f:]+\\]):(?<port>\\d{2,5})(?!\\d)`),
  new RegExp(`(?:^|[\\s"'(=\\[@/])${hostName}:(?<port>\\d{2,5})(?!\\d|:\\d|\\.\\d)`),
];

const clockTime = /^\d{1,2}$/;
const sourceFile = /\.(?:py|js|ts|mjs|cjs|go|rb|java|kt|cs|php|rs|c|cc|cpp|ex|conf|ya?ml|json|toml|sh|lua)$/i;

/** The first host (and port) that a line names; file positions (`main.go:42`) and times of day are not hosts. */
export function endpointIn(line: string): Endpoint | null {
  for (const pattern of written) {
    const match = pattern.exec(line);
    const host = match?.groups?.host;
    if (host === undefined || clockTime.test(host) || sourceFile.test(host)) continue;
    const port = match?.groups?.port;
    return { host, port: port === undefined ? portAfter(line, host) : Number(port) };
  }
  return null;
}

function portAfter(line: string, host: string): number | null {
  const at = line.indexOf(`${host}:`);
  const match = at < 0 ? null : /^:(\d{2,5})\b/.exec(line.slice(at + host.length));
  return match === null ? null : Number(match[1]);
}

const ofTrace = /^\s|^Traceback |^During handling |^The above exception |^[\w.]+(?:Error|Exception)\b|^$/;
const longestTrace = 120;

/** The line before the stack trace that ends at `index`; its own line where there is none. */
export function beforeTrace(lines: readonly string[], index: number): number {
  let at = index;
  while (at > 0 && index - at < longestTrace && ofTrace.test(lines[at] ?? '')) at -= 1;
  return at;
}

/** A program often says whom it calls a line before it says that it failed (or, across two streams, a line after). */
export function endpointNear({ lines, index }: LogContext): Endpoint | null {
  const own = endpointIn(lines[index] ?? '');
  if (own !== null) return own;
  for (const near of [index - 1, index + 1, index - 2, index - 3, beforeTrace(lines, index)]) {
    const line = lines[near];
    if (line === undefined || !/connect|wait|dial|call|reach|request|GET|POST|http|retry/i.test(line)) continue;
    const endpoint = endpointIn(line);
    if (endpoint !== null) return endpoint;
  }
  return null;
}
