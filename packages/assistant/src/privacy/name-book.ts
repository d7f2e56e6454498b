import { asVariable } from './alias-table.ts';
import type { KnownName, PrivacySettings } from './privacy-settings.ts';
import { isWellKnown } from './well-known-names.ts';

/** A place in a text where a name may stand: letters, digits and what names may have between them. */
const run = /[A-Za-z\d](?:[\w.:-]*[A-Za-z\d])?/g;
const segment = /[A-Za-z\d]+/g;
/** Shorter names stand in every text. */
const shortest = 2;

/** The names that are not to leave, found again in any text: also inside other names, hosts, images and variables. */
export class NameBook {
  private readonly settings: PrivacySettings;
  private readonly kinds = new Map<string, Set<string>>();
  private readonly variables = new Map<string, string>();
  /** The first segments of all names, small: what does not begin with one need not be looked at. */
  private readonly beginnings = new Set<string>();
  private longest = 1;
  /** The names with other characters, as `arn:aws:eks:…/shop`; null until it is asked for. */
  private odd: RegExp | null | undefined;

  constructor(settings: PrivacySettings) {
    this.settings = settings;
  }

  /** Names may be told again; a name stays in the book. */
  add(names: Iterable<KnownName>): void {
    const { sendClusterMetadata, sendResourceNames, sendPodNames } = this.settings;
    if (sendClusterMetadata && sendResourceNames && sendPodNames) return;
    const known = [...names].filter(({ name }) => name.length >= shortest && !isWellKnown(name));
    for (const each of known.filter(({ leavesWith }) => leavesWith !== 'sendPodNames')) if (!this.settings[each.leavesWith]) this.enter(each);
    for (const each of known.filter(({ leavesWith }) => leavesWith === 'sendPodNames')) if (this.hidesPod(each.name)) this.enter(each);
  }

  has(name: string): boolean {
    return this.kinds.has(name);
  }

  kindsOf(name: string): readonly string[] {
    return [...(this.kinds.get(name) ?? [])];
  }

  /** The text with every name replaced; the longest that begins at a place counts. */
  replace(text: string, alias: (name: string) => string): string {
    if (this.kinds.size === 0) return text;
    const odd = this.oddNames();
    const plain = odd === null ? text : text.replace(odd, (name) => alias(name));
    return plain.replace(run, (found) => this.replaceIn(found, alias));
  }

  private oddNames(): RegExp | null {
    if (this.odd !== undefined) return this.odd;
    const names = [...this.kinds.keys()].filter((name) => !isRun(name)).sort((one, other) => other.length - one.length);
    this.odd = names.length === 0 ? null : new RegExp(`(?<![A-Za-z\\d])(?:${names.map(literal).join('|')})(?![A-Za-z\\d])`, 'g');
    return this.odd;
  }

  private replaceIn(found: string, alias: (name: string) => string): string {
    const parts = [...found.matchAll(segment)];
    let result = '';
    let done = 0;
    for (let first = 0; first < parts.length; first++) {
      const start = parts[first]?.index ?? 0;
      const hit = start < done ? null : this.longestAt(found, parts, first);
      if (hit === null) continue;
      const name = this.kinds.has(hit) ? hit : (this.variables.get(hit) ?? hit);
      result += found.slice(done, start) + (name === hit ? alias(name) : asVariable(alias(name)));
      done = start + hit.length;
    }
    return done === 0 ? found : result + found.slice(done);
  }

  private longestAt(found: string, parts: readonly RegExpExecArray[], first: number): string | null {
    const begin = parts[first];
    if (begin === undefined || !this.beginnings.has(begin[0].toLowerCase())) return null;
    for (let last = Math.min(parts.length, first + this.longest) - 1; last >= first; last--) {
      const end = parts[last];
      const candidate = end === undefined ? '' : found.slice(begin.index, end.index + end[0].length);
      if (this.kinds.has(candidate) || this.variables.has(candidate)) return candidate;
    }
    return null;
  }

  private enter({ name, kind }: KnownName): void {
    const kinds = this.kinds.get(name) ?? new Set();
    this.kinds.set(name, kinds.add(kind));
    if (!isRun(name)) this.odd = undefined;
    const variable = asVariable(name);
    if (variable !== name && !this.variables.has(variable)) this.variables.set(variable, name);
    const parts = name.match(segment) ?? [];
    this.beginnings.add((parts[0] ?? '').toLowerCase());
    this.longest = Math.max(this.longest, parts.length);
  }

  /** Where pods may be named and what owns them may not, the owner's name in a pod's is replaced, and the rest tells nothing. */
  private hidesPod(name: string): boolean {
    if (!this.settings.sendPodNames) return true;
    if (this.settings.sendResourceNames) return false;
    for (let end = name.lastIndexOf('-'); end > 0; end = name.lastIndexOf('-', end - 1)) if (this.kinds.has(name.slice(0, end))) return false;
    return true;
  }
}

function isRun(name: string): boolean {
  return /^[A-Za-z\d](?:[\w.:-]*[A-Za-z\d])?$/.test(name);
}

/** A text as a pattern that matches it alone. */
export function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
