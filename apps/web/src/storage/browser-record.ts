import { useSyncExternalStore } from 'react';
import * as z from 'zod';

/**
 * Something that this browser keeps by name: columns by kind, open branches by cluster. What can't be read (another
 * version wrote it, or somebody by hand) is as if it had never been.
 */
export class BrowserRecord<T> {
  private readonly storage: Storage;
  private readonly key: string;
  private readonly schema: z.ZodType<T>;
  private readonly listeners = new Set<() => void>();
  private entries: ReadonlyMap<string, T>;

  constructor(storage: Storage, key: string, schema: z.ZodType<T>) {
    this.storage = storage;
    this.key = key;
    this.schema = schema;
    this.entries = this.read();
  }

  get(name: string): T | undefined {
    return this.entries.get(name);
  }

  /** Undefined forgets it. */
  set(name: string, value: T | undefined): void {
    // Another tab may have kept something since.
    const next = new Map(this.read());
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    this.entries = next;
    this.write();
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private read(): Map<string, T> {
    const all = z.record(z.string(), z.unknown()).safeParse(parsed(this.storage.getItem(this.key)));
    const known = Object.entries(all.data ?? {}).flatMap(([name, value]): [string, T][] => {
      const one = this.schema.safeParse(value);
      return one.success ? [[name, one.data]] : [];
    });
    return new Map(known);
  }

  private write(): void {
    try {
      this.storage.setItem(this.key, JSON.stringify(Object.fromEntries(this.entries)));
    } catch (thrown) {
      console.warn(`The browser keeps no more: ${this.key} is lost with the page.`, thrown);
    }
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

export function useBrowserRecord<T>(record: BrowserRecord<T>, name: string): T | undefined {
  return useSyncExternalStore(record.subscribe, () => record.get(name));
}
