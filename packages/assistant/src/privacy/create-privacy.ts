import { randomBytes } from 'node:crypto';
import { redacted, redactJson, redactText } from '@quarterdeck/cluster';
import type { ContextSection } from '../sources/context-source.ts';
import { cleanText } from '../turn/clean-text.ts';
import { replaceAddresses } from './addresses.ts';
import { AliasTable, aliasPattern, type SavedAliases } from './alias-table.ts';
import { FoundSecrets } from './found-secrets.ts';
import { mapTexts } from './map-texts.ts';
import { NameBook } from './name-book.ts';
import { createOpener, type Opener, openText } from './opener.ts';
import type { KnownName, PrivacySettings, PrivacySwitch } from './privacy-settings.ts';
import { redactStructure } from './structured-text.ts';

export interface PrivacyOptions {
  settings: PrivacySettings;
  /** Those of the conversation so far; left out for a new one. */
  aliases?: SavedAliases;
  /** What the sources know by name; more can be told with `know`. */
  names?: Iterable<KnownName>;
  /** Secrets that are known as such, and hidden wherever they stand: keys of providers. */
  secrets?: Iterable<string>;
}

export interface SealedSection {
  section: ContextSection;
  /** How many places a secret was hidden in. */
  redacted: number;
  /** How many places an alias stands in. */
  aliased: number;
  /** Why all of it was left out; null where it was not. */
  withheld: PrivacySwitch | null;
}

/**
 * What stands between a conversation and a model. Whatever is sent goes through `seal…`: secrets are hidden, names are
 * replaced by aliases and logs left out where the person set it so. Whatever comes back goes through `open…`. What is
 * sealed twice stays the same.
 */
export interface Privacy {
  readonly settings: PrivacySettings;
  know(names: Iterable<KnownName>): void;
  /** `leavesWith`: the switches that it needs as a whole; without one of them a note stands in its place. */
  seal(text: string, leavesWith?: readonly PrivacySwitch[]): string;
  /** Plain data, such as what a tool answers. */
  sealValue(value: unknown, leavesWith?: readonly PrivacySwitch[]): unknown;
  /** All that go into one request, together: what one of them gives away is hidden in the others. */
  sealSections(sections: readonly ContextSection[]): SealedSection[];
  open(text: string): string;
  /** What a model gave to a tool, with the names back. */
  openValue(value: unknown): unknown;
  /** For one text that comes in pieces. */
  opener(): Opener;
  /** To be kept with the conversation. */
  saved(): SavedAliases;
}

export function createPrivacy({ settings, aliases, names = [], secrets = [] }: PrivacyOptions): Privacy {
  const table = new AliasTable(aliases ?? { key: randomBytes(32).toString('hex'), entries: [] });
  const sealer = new Sealer(settings, table);
  sealer.know(names);
  for (const secret of secrets) sealer.found.add(secret);
  return {
    settings,
    know: (more) => sealer.know(more),
    seal: (text, leavesWith = []) => sealer.whole(text, leavesWith),
    sealValue: (value, leavesWith = []) => sealer.value(value, leavesWith),
    sealSections: (sections) => sealer.sections(sections),
    open: (text) => openText(text, table),
    openValue: (value) => mapTexts(value, (text) => openText(text, table)),
    opener: () => createOpener(table),
    saved: () => table.saved(),
  };
}

class Sealer {
  readonly found = new FoundSecrets();
  private readonly settings: PrivacySettings;
  private readonly aliases: AliasTable;
  private readonly book: NameBook;

  constructor(settings: PrivacySettings, aliases: AliasTable) {
    this.settings = settings;
    this.aliases = aliases;
    this.book = new NameBook(settings);
  }

  know(names: Iterable<KnownName>): void {
    this.book.add(names);
  }

  text(text: string): string {
    return this.rename(this.found.hide(redactText(cleanText(text), this.redaction())));
  }

  whole(text: string, leavesWith: readonly PrivacySwitch[]): string {
    const withheld = this.withheld(leavesWith);
    return withheld === null ? this.text(text) : withheldText(withheld);
  }

  sections(sections: readonly ContextSection[]): SealedSection[] {
    const redacted = sections.map((section) => this.redacted(section));
    return redacted.map(({ section, withheld, before }) => {
      const text = this.rename(this.found.hide(section.text));
      return {
        section: { ...section, title: this.text(section.title), text },
        redacted: Math.max(0, marksIn(text) - before),
        aliased: this.aliasesIn(text),
        withheld,
      };
    });
  }

  private redacted(section: ContextSection): Pick<SealedSection, 'section' | 'withheld'> & { before: number } {
    const withheld = this.withheld([...(section.form === 'log' ? (['sendLogs'] as const) : []), ...(section.leavesWith ?? [])]);
    if (withheld !== null) return { section: { ...section, form: 'text', text: withheldText(withheld) }, withheld, before: 0 };
    if (!this.settings.sendLogs) for (const quote of section.quotes ?? []) this.found.add(quote, withheldLog);
    const plain = cleanText(section.text);
    const structured = section.form === 'yaml' || section.form === 'json' ? redactStructure(plain, section.form, this.redaction()) : null;
    return { section: { ...section, text: redactText(structured ?? plain, this.redaction()) }, withheld, before: marksIn(plain) };
  }

  value(value: unknown, leavesWith: readonly PrivacySwitch[]): unknown {
    const withheld = this.withheld(leavesWith);
    if (withheld !== null) return withheldText(withheld);
    const seen = this.settings.sendLogs ? value : this.withoutLogs(value);
    const hidden = redactJson(seen, this.redaction());
    // Names are left by structure; here nothing is. What a later part gives away is hidden in an earlier one.
    const redacted = mapTexts(hidden, (text) => redactText(cleanText(text), this.redaction()));
    return mapTexts(redacted, (text) => this.rename(this.found.hide(text)));
  }

  private withheld(needed: readonly PrivacySwitch[]): PrivacySwitch | null {
    return needed.find((each) => !this.settings[each]) ?? null;
  }

  /** Evidence that was read in a log, and what is quoted of it elsewhere. */
  private withoutLogs(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.withoutLogs(item));
    if (typeof value !== 'object' || value === null) return value;
    const isLog = 'source' in value && value.source === 'log';
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => {
        if (!isLog || typeof field !== 'string' || (key !== 'text' && key !== 'value')) return [key, this.withoutLogs(field)];
        this.found.add(field, withheldLog);
        return [key, withheldLog];
      }),
    );
  }

  private redaction() {
    return { random: true, found: (secret: string) => this.found.add(secret) };
  }

  private rename(text: string): string {
    const renamed = this.settings.sendClusterMetadata
      ? text
      : replaceAddresses(text, (found, kind) => (this.isSealed(found) ? found : this.aliasOf(found, [kind])));
    return this.book.replace(renamed, (name) => this.aliasOf(name, this.book.kindsOf(name)));
  }

  private aliasesIn(text: string): number {
    return (text.match(aliasPattern) ?? []).filter((alias) => this.aliases.isAlias(alias)).length;
  }

  private isSealed(text: string): boolean {
    return (text.match(aliasPattern) ?? []).some((alias) => this.aliases.isAlias(alias));
  }

  private aliasOf(name: string, kinds: readonly string[]): string {
    return this.aliases.isAlias(name) ? name : this.aliases.aliasOf(name, kinds, (text) => this.book.has(text));
  }
}

const withheldLog = '[a line of a log, which may not be sent]';

function withheldText(withheld: PrivacySwitch): string {
  const what = { sendClusterMetadata: 'about the cluster', sendResourceNames: 'names of objects', sendLogs: 'logs', sendPodNames: 'names of pods' }[withheld];
  return `[not sent: ${what} may not leave, by the person's privacy settings]`;
}

function marksIn(text: string): number {
  return text.split(redacted).length - 1;
}
