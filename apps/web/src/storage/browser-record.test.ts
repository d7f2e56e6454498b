import { expect, it } from 'vitest';
import * as z from 'zod';
import { BrowserRecord } from './browser-record.ts';

class MemoryStorage implements Storage {
  private readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  clear(): void {
    this.items.clear();
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

it('keeps what it is given, beside what another tab kept', () => {
  const storage = new MemoryStorage();
  const [one, other] = [new BrowserRecord(storage, 'k', z.number()), new BrowserRecord(storage, 'k', z.number())];
  one.set('a', 1);
  other.set('b', 2);
  expect([other.get('a'), other.get('b')]).toEqual([1, 2]);
  other.set('a', undefined);
  expect(new BrowserRecord(storage, 'k', z.number()).get('a')).toBeUndefined();
});

it('passes over what can not be read', () => {
  const storage = new MemoryStorage();
  storage.setItem('k', '{"a":"text","b":3}');
  const record = new BrowserRecord(storage, 'k', z.number());
  expect([record.get('a'), record.get('b')]).toEqual([undefined, 3]);
  storage.setItem('k', 'nonsense');
  expect(new BrowserRecord(storage, 'k', z.number()).get('b')).toBeUndefined();
});
