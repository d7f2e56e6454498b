/**
 * A host named in a text. `certain` is a place that only a host can stand in (a URL, `host:port`, the argument of
 * `nslookup`), which counts even where nothing of that name exists; `probable` counts only for what exists.
 */
export interface HostMention {
  host: string;
  port: number | null;
  position: 'certain' | 'probable';
}

const name = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*';
const url = new RegExp(`\\b([a-z][a-z0-9+.-]*)://(?:[^\\s/@"'<>]*@)?(${name})\\.?(?![\\w-]|\\.\\w)(?::(\\d{1,5}))?`, 'gi');
const hostPort = new RegExp(`(?:^|[\\s"'=,;(@\\[])(${name})\\.?:(\\d{2,5})(?![\\w.:-])`, 'gim');
const serviceName = /(?<![\w.-])([a-z0-9-]+(?:\.[a-z0-9-]+){1,2}\.svc(?:\.[a-z0-9-]+)*)\.?(?![\w-])(?::(\d{1,5}))?/gi;
const address = /(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d./])(?::(\d{1,5}))?/g;
const lookup = new RegExp(
  `\\b(?:nslookup|dig|ping|telnet|ncat|nc|getent\\s+a?hosts)\\s+(?:-\\S+\\s+(?:\\d+\\s+)?)*["']?(${name})(?![\\w./-])["']?(?:\\s+(\\d{2,5})\\b)?`,
  'gi',
);
const option = new RegExp(`(?:^|\\s)(?:-h|--(?:host|hostname|server|addr|address|endpoint|bootstrap-server|broker))[=\\s]+["']?(${name})(?![\\w./-])`, 'gi');
const setting = new RegExp(`(?:host|hostname|server|addr|address|endpoint|upstream|broker)["']?\\s*[:=]\\s*["']?(${name})(?![\\w./:-])`, 'gi');
const pair = new RegExp(`["'](${name})["']\\s*,\\s*(\\d{2,5})\\b`, 'gi');
const bareArgument = new RegExp(`\\b(?:wget|curl|server)\\s+(?:-\\S+\\s+)*["']?(${name})(?=[/;\\s"']|$)`, 'gim');

const schemePorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  redis: 6379,
  rediss: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  nats: 4222,
  ldap: 389,
  ldaps: 636,
};

/** Words that stand before a colon and a number without being hosts. */
const settings = new Set(
  'port timeout line level size max min limit ttl interval retries version user group uid gid pid id count replicas weight priority memory cpu width height delay offset age workers threads'.split(
    ' ',
  ),
);

/** The lowest port that `word:number` is believed to name, so that image tags and versions are not hosts. */
const lowestPort = 80;
const wellKnownLowPorts = new Set([25, 53]);

/** Longer texts are data, not configuration. */
const longestText = 65_536;

/** Every way of naming a host has one of these in it: most texts are single words. */
const mayNameHosts = /[.:=\s"']/;

/** Every host that a text names, as it stands there; the same place may be seen twice. */
export function hostMentions(text: string): HostMention[] {
  if (!mayNameHosts.test(text)) return [];
  const head = text.length > longestText ? text.slice(0, longestText) : text;
  return [...urls(head), ...pairs(head), ...plain(head)].filter((mention) => !isLocal(mention.host));
}

function* urls(text: string): Iterable<HostMention> {
  for (const [, scheme = '', host = '', port] of text.matchAll(url)) {
    yield { host: host.toLowerCase(), port: toPort(port) ?? schemePorts[scheme.toLowerCase()] ?? null, position: 'certain' };
  }
}

function* pairs(text: string): Iterable<HostMention> {
  for (const [, host = '', digits] of text.matchAll(hostPort)) {
    const port = toPort(digits);
    if (port === null || !/[a-z]/i.test(host)) continue;
    const believable = (port >= lowestPort || wellKnownLowPorts.has(port)) && !settings.has(host.toLowerCase());
    yield { host: host.toLowerCase(), port, position: believable ? 'certain' : 'probable' };
  }
  for (const [, host = '', port] of text.matchAll(pair)) yield { host: host.toLowerCase(), port: toPort(port), position: 'probable' };
}

function* plain(text: string): Iterable<HostMention> {
  for (const pattern of [serviceName, address, lookup]) {
    for (const [, host = '', port] of text.matchAll(pattern)) yield { host: host.toLowerCase(), port: toPort(port), position: 'certain' };
  }
  for (const pattern of [option, setting, bareArgument]) {
    for (const [, host = ''] of text.matchAll(pattern)) yield { host: host.toLowerCase(), port: null, position: 'probable' };
  }
}

function toPort(digits: string | undefined): number | null {
  const port = Number(digits ?? '0');
  return port > 0 && port < 65_536 ? port : null;
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '0.0.0.0';
}
