import { nearMiss } from '../pods/near-name.ts';

/** A directive of a CoreDNS server block, with its own block of lines. */
export interface DnsDirective {
  name: string;
  args: readonly string[];
  body: readonly string[];
  /** As it stands in the file, without indentation. */
  line: string;
}

export interface DnsServerBlock {
  /** Without port and scheme, without the dot at the end; the root is empty. */
  zones: readonly string[];
  /** How it begins in the file: `.:53`. */
  line: string;
  directives: readonly DnsDirective[];
}

interface CorefileLine {
  text: string;
  words: string[];
  opens: boolean;
}

/** Reads the server blocks of a Corefile. What cannot be read is left out: CoreDNS itself says what is wrong with it. */
export function readCorefile(text: string): DnsServerBlock[] {
  const lines = text.split('\n').map((raw) => raw.replace(/(^|\s)#.*$/, '').trim());
  const queue = lines.filter((line) => line !== '').map(asLine);
  const blocks: DnsServerBlock[] = [];
  for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
    if (line.opens) blocks.push({ zones: line.words.map(zoneOf), line: line.words.join(' '), directives: directivesOf(queue) });
  }
  return blocks;
}

function asLine(text: string): CorefileLine {
  const opens = text.endsWith('{');
  return { text, opens, words: (opens ? text.slice(0, -1) : text).split(/\s+/).filter((word) => word !== '') };
}

/** Takes the directives of a block off the queue, with the bracket that ends it. */
function directivesOf(queue: CorefileLine[]): DnsDirective[] {
  const directives: DnsDirective[] = [];
  for (let line = queue.shift(); line !== undefined && line.text !== '}'; line = queue.shift()) {
    const [name = '', ...args] = line.words;
    directives.push({ name, args, body: line.opens ? bodyOf(queue) : [], line: line.text });
  }
  return directives;
}

function bodyOf(queue: CorefileLine[]): string[] {
  const end = queue.findIndex(({ text }) => text === '}');
  const body = queue.splice(0, end < 0 ? queue.length : end);
  queue.shift();
  return body.map(({ text }) => text);
}

function zoneOf(word: string): string {
  return word
    .replace(/,$/, '')
    .replace(/^(?:dns|tls|grpc|https):\/\//, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function covers(zone: string, name: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

/** The block that answers for a name: the one with the longest zone that covers it. */
function blockFor(blocks: readonly DnsServerBlock[], name: string): DnsServerBlock | null {
  const longest = (block: DnsServerBlock) => Math.max(-1, ...block.zones.filter((zone) => covers(zone, name)).map((zone) => zone.length));
  const [best] = blocks.filter((block) => longest(block) >= 0).toSorted((a, b) => longest(b) - longest(a));
  return best ?? null;
}

/** The zones that the Kubernetes plugin serves: the cluster's domain is the first that is not for reverse lookups. */
export function clusterZones(blocks: readonly DnsServerBlock[]): string[] {
  const served = blocks.flatMap(({ zones, directives }) =>
    directives.filter(({ name }) => name === 'kubernetes').flatMap(({ args }) => (args.length > 0 ? args.map(zoneOf) : zones)),
  );
  return served.filter((zone) => zone !== '' && !zone.endsWith('.arpa'));
}

/** A line of the Corefile that keeps the name of a Service from being answered with the Service. */
export interface Misdirection {
  line: string;
  /** What CoreDNS does with the name. */
  effect: string;
}

/** `name` is complete and without the dot at the end: `db.shop.svc.cluster.local`. */
export function misdirection(blocks: readonly DnsServerBlock[], name: string): Misdirection | null {
  const block = blockFor(blocks, name);
  if (block === null) return null;
  for (const directive of block.directives) {
    const effect = effectOf(directive, block, name);
    if (effect !== null) return { line: directive.line.replace(/\s*\{$/, ''), effect };
  }
  const served = block.directives.some((directive) => isKubernetes(directive) && zonesOf(directive, block).some((zone) => covers(zone, name)));
  return served ? null : { line: block.line, effect: 'has no kubernetes plugin for that zone' };
}

/** Also where it is misspelt: CoreDNS then refuses the whole file, and says so in its log. */
function isKubernetes({ name }: DnsDirective): boolean {
  return name === 'kubernetes' || nearMiss(name, ['kubernetes']) !== null;
}

function zonesOf(directive: DnsDirective, block: DnsServerBlock): readonly string[] {
  return directive.args.length > 0 ? directive.args.map(zoneOf) : block.zones;
}

/** These plugins come before `kubernetes`, wherever they stand in the file (plugin.cfg of CoreDNS). */
function effectOf(directive: DnsDirective, block: DnsServerBlock, name: string): string | null {
  switch (directive.name) {
    case 'template':
      return templateEffect(directive, block, name);
    case 'rewrite':
      return rewriteEffect(directive, name);
    case 'hosts':
      return hostsEffect(directive, name);
    case 'kubernetes':
      return namespaceEffect(directive, block, name);
    default:
      return null;
  }
}

function option(directive: DnsDirective, name: string): string[][] {
  return directive.body.map((line) => line.split(/\s+/)).filter(([word]) => word === name);
}

/** `template IN A svc.cluster.local { rcode NXDOMAIN }`; templates for AAAA alone are a common way to switch IPv6 off. */
function templateEffect(directive: DnsDirective, block: DnsServerBlock, name: string): string | null {
  const [, type = '', ...zones] = directive.args;
  if (!['A', 'ANY', '*'].includes(type.toUpperCase())) return null;
  const inZone = (zones.length > 0 ? zones.map(zoneOf) : block.zones).some((zone) => covers(zone, name));
  const patterns = option(directive, 'match').map(([, ...words]) => words.join(' ').replace(/^"(.*)"$/, '$1'));
  const matches = patterns.length === 0 || patterns.some((pattern) => matchesName(pattern, name));
  const [code] = option(directive, 'rcode').map(([, word]) => word ?? '');
  if (!inZone || !matches) return null;
  if (code !== undefined && code.toUpperCase() !== 'NOERROR') return `answers ${code.toUpperCase()}`;
  return option(directive, 'answer').length > 0 ? 'answers with another address' : null;
}

/** Go's expressions and ours agree in what Corefiles use; one that cannot be read matches nothing. */
function matchesName(pattern: string, name: string): boolean {
  return matchOf(pattern, `${name}.`) !== null;
}

function matchOf(pattern: string, name: string): RegExpExecArray | null {
  try {
    return new RegExp(pattern.replace(/\(\?P</g, '(?<').replace(/^\(\?i\)/, ''), 'i').exec(name);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** `rewrite [stop|continue] name [exact|suffix|…] FROM TO`, on one line or with the lines of its block. */
function rewriteEffect({ args, body }: DnsDirective, name: string): string | null {
  const rules = [args.filter((word) => word !== 'stop' && word !== 'continue'), ...body.map((line) => line.split(/\s+/))].filter(([field]) => field === 'name');
  for (const [, ...words] of rules) {
    const asked = rewritten(words, name);
    if (asked !== null && asked !== name) return `asks for ${asked} instead`;
  }
  return null;
}

const modes: Readonly<Record<string, (name: string, from: string, to: string) => string | null>> = {
  exact: (name, from, to) => (name === from ? to : null),
  prefix: (name, from, to) => (name.startsWith(from) ? to + name.slice(from.length) : null),
  suffix: (name, from, to) => (name.endsWith(from) ? name.slice(0, -from.length) + to : null),
  substring: (name, from, to) => (name.includes(from) ? name.replace(from, to) : null),
};

/** The name that is asked for instead; null where the rule is not for this one. */
function rewritten(words: readonly string[], name: string): string | null {
  const [mode = '', from = '', to = ''] = words[0] === 'regex' || Object.hasOwn(modes, words[0] ?? '') ? words : ['exact', ...words];
  const trimmed = (word: string) => word.replace(/\.$/, '').toLowerCase();
  if (from === '') return null;
  if (mode !== 'regex') return modes[mode]?.(name, trimmed(from), trimmed(to)) ?? null;
  const match = matchOf(from, name) ?? matchOf(from, `${name}.`);
  return match === null ? null : trimmed(to.replaceAll(/\{(\d+)\}/g, (_whole, digit: string) => match[Number(digit)] ?? ''));
}

/** `hosts [FILE [ZONES…]] { ADDRESS NAMES… }`. */
function hostsEffect(directive: DnsDirective, name: string): string | null {
  const entry = directive.body.map((line) => line.split(/\s+/)).find(([address, ...names]) => /^[\d.:a-f]+$/i.test(address ?? '') && names.includes(name));
  if (entry !== undefined) return `answers with ${entry[0]}`;
  const zones = directive.args.filter((word) => !word.includes('/')).map(zoneOf);
  const isAsked = zones.length === 0 || zones.some((zone) => covers(zone, name));
  return !isAsked || option(directive, 'fallthrough').length > 0 ? null : 'has no fallthrough, so that no other plugin is asked';
}

/** `namespaces a b` limits what the plugin serves. */
function namespaceEffect(directive: DnsDirective, block: DnsServerBlock, name: string): string | null {
  const limits = option(directive, 'namespaces').flatMap(([, ...names]) => names);
  const zone = zonesOf(directive, block).find((each) => name.endsWith(`.svc.${each}`));
  const namespace = zone === undefined ? undefined : name.slice(0, -`.svc.${zone}`.length).split('.').at(-1);
  return namespace !== undefined && limits.length > 0 && !limits.includes(namespace) ? `serves only the namespaces ${limits.join(', ')}` : null;
}
