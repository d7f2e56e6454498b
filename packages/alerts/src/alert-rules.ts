import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AlertRuleInput, AppError, type StoredAlertRule, storedAlertRuleSchema } from '@quarterdeck/contract';
import * as z from 'zod';

const fileSchema = z.object({ version: z.literal(1), rules: z.array(storedAlertRuleSchema) });

const mostRules = 200;

/** The alert rules. Every call reads what there is, so that a server and a command may use them side by side. */
export interface AlertRules {
  /** In the order in which they were made. */
  list(): Promise<StoredAlertRule[]>;
  /** Throws NOT_FOUND. */
  get(id: string): Promise<StoredAlertRule>;
  /** Throws RATE_LIMITED where there are too many. */
  add(rule: AlertRuleInput, by: string): Promise<StoredAlertRule>;
  /** A webhook of the same URL that brings no secret keeps its own. Throws NOT_FOUND. */
  replace(id: string, rule: AlertRuleInput): Promise<StoredAlertRule>;
  /** Throws NOT_FOUND. */
  remove(id: string): Promise<void>;
}

/** The rules of a state directory, readable by its owner alone: they hold the secrets of webhooks. Calls throw INTERNAL_ERROR for a broken file. */
export function openAlertRules(stateDirectory: string, now: () => number = Date.now): AlertRules {
  const path = join(stateDirectory, 'alert-rules.json');
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each change is made of what the one before left. */
  function change<T>(make: (rules: StoredAlertRule[]) => { rules: StoredAlertRule[]; result: T }): Promise<T> {
    const run = async () => {
      const { rules, result } = make(await read(path));
      await write(path, rules);
      return result;
    };
    const done = last.then(run, run);
    last = done.catch(() => undefined); // Whoever asked for it is told.
    return done;
  }

  return {
    list: () => read(path),
    get: async (id) => found(await read(path), id),
    add: (rule, by) =>
      change((rules) => {
        if (rules.length >= mostRules) throw new AppError('RATE_LIMITED', `There are ${mostRules} alert rules already.`, { hint: 'Remove some first.' });
        const made = { ...rule, id: randomUUID().slice(0, 8), createdAt: new Date(now()).toISOString(), createdBy: by };
        return { rules: [...rules, made], result: made };
      }),
    replace: (id, rule) =>
      change((rules) => {
        const before = found(rules, id);
        const kept = rule.webhook !== null && rule.webhook.secret === null && rule.webhook.url === before.webhook?.url ? before.webhook.secret : null;
        const webhook = rule.webhook === null ? null : { ...rule.webhook, secret: rule.webhook.secret ?? kept };
        const next = { ...before, ...rule, webhook };
        return { rules: rules.map((one) => (one.id === id ? next : one)), result: next };
      }),
    remove: (id) =>
      change((rules) => {
        found(rules, id);
        return { rules: rules.filter((rule) => rule.id !== id), result: undefined };
      }),
  };
}

function found(rules: readonly StoredAlertRule[], id: string): StoredAlertRule {
  const rule = rules.find((one) => one.id === id);
  if (rule !== undefined) return rule;
  throw new AppError('NOT_FOUND', `There is no alert rule ${id}.`, { hint: 'List the rules to see which there are.' });
}

async function read(path: string): Promise<StoredAlertRule[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).rules;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new AppError('INTERNAL_ERROR', `The alert rules (${path}) can't be read.`, { hint: 'Mend the file, or move it away to begin without rules.', cause });
  }
}

/** A reader finds the old file or the new one, never half of one. */
async function write(path: string, rules: readonly StoredAlertRule[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}`;
  try {
    await writeFile(temporary, `${JSON.stringify({ version: 1, rules }, null, 2)}\n`, { mode: 0o600 });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'Free some space, or make the folder writable. The rules are as they were.';
    throw new AppError('STORAGE_UNAVAILABLE', `The alert rules (${path}) can't be written: ${reason}`, { hint, cause });
  }
}
