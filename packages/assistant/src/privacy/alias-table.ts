import { createHmac } from 'node:crypto';
import { redactText } from '@quarterdeck/cluster';
import * as z from 'zod';

/** What is kept of a conversation's aliases: plain data, for whoever stores the conversation. */
export const savedAliasesSchema = z.object({
  /** Hex. Made at random for each conversation, so that aliases of one mean nothing in another. */
  key: z.string().regex(/^[\da-f]{32,}$/),
  /** The names that were replaced so far, with what stands for them. */
  entries: z.array(z.object({ name: z.string(), alias: z.string() })),
});
export type SavedAliases = z.infer<typeof savedAliasesSchema>;

/** The beginnings of aliases; anything else that has a name is an `obj`. */
const beginnings: Readonly<Record<string, string>> = {
  ...{ Pod: 'pod', Namespace: 'ns', Node: 'node', Cluster: 'cl', Host: 'host', Address: 'ip', Mail: 'mail', Account: 'acct' },
  ...{ Deployment: 'dep', StatefulSet: 'sts', DaemonSet: 'ds', ReplicaSet: 'rs', Job: 'job', CronJob: 'cron', Service: 'svc', Ingress: 'ing' },
  ...{ ConfigMap: 'cm', Secret: 'sec', ServiceAccount: 'sa', PersistentVolumeClaim: 'pvc', PersistentVolume: 'pv', StorageClass: 'sc' },
};
/** For a name that objects of several kinds have. */
const shared = 'app';
const every = [...new Set([...Object.values(beginnings), shared, 'obj'])];

/** An alias, also as names of variables have it (`SVC_K3F9QA`). It is a valid name of an object, so a model can use it in commands. */
export const aliasPattern = new RegExp(
  `(?<![A-Za-z\\d])(?:(?:${every.join('|')})-[a-z2-7]{6}|(?:${every.join('|').toUpperCase()})_[A-Z2-7]{6})(?![A-Za-z\\d])`,
  'g',
);

/**
 * The aliases of one conversation: the same name always has the same alias, two names never have the same one, and no
 * alias is the name of anything.
 */
export class AliasTable {
  private readonly key: string;
  private readonly aliases = new Map<string, string>();
  private readonly names = new Map<string, string>();

  constructor(saved: SavedAliases) {
    this.key = saved.key;
    for (const { name, alias } of saved.entries) this.keep(name, alias);
  }

  /** `isName`: whether a text is the name of something. */
  aliasOf(name: string, kinds: readonly string[], isName: (text: string) => boolean): string {
    const known = this.aliases.get(name);
    if (known !== undefined) return known;
    const beginning = kinds.length > 1 ? shared : (beginnings[kinds[0] ?? ''] ?? 'obj');
    for (let attempt = 0; ; attempt++) {
      const alias = `${beginning}-${this.letters(name, attempt)}`;
      if (this.names.has(alias) || isName(alias) || soundsSecret(alias)) continue;
      this.keep(name, alias);
      return alias;
    }
  }

  /** What an alias stands for; undefined for what is none. */
  nameOf(alias: string): string | undefined {
    const name = this.names.get(alias);
    if (name !== undefined) return name;
    const quiet = this.names.get(alias.toLowerCase().replace('_', '-'));
    return quiet === undefined ? undefined : asVariable(quiet);
  }

  isAlias(text: string): boolean {
    return this.names.has(text);
  }

  saved(): SavedAliases {
    return { key: this.key, entries: [...this.aliases].map(([name, alias]) => ({ name, alias })) };
  }

  private keep(name: string, alias: string): void {
    this.aliases.set(name, alias);
    this.names.set(alias, name);
  }

  private letters(name: string, attempt: number): string {
    const digest = createHmac('sha256', Buffer.from(this.key, 'hex')).update(`${attempt}|${name}`).digest();
    return [...digest.subarray(0, 6)].map((byte) => alphabet[byte & 31]).join('');
  }
}

/** `pwd` may come out by chance, and what stands behind it would then be hidden. */
function soundsSecret(alias: string): boolean {
  const behind = `${alias}=a1b2c3d4`;
  return redactText(behind) !== behind;
}

/** Base32 of RFC 4648, in small letters. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** `web-shop` in the names of variables that Kubernetes makes of it: `WEB_SHOP`. */
export function asVariable(name: string): string {
  return name.toUpperCase().replaceAll(/[-.]/g, '_');
}
