import { expect, it } from 'vitest';
import { describeContextSource } from '../../testing/context-source-conformance.ts';
import type { Focus } from '../context-source.ts';
import { createInventorySource } from './create-inventory-source.ts';

const file = `
servers:
  - {name: edge-7, address: 192.0.2.7, os: Debian 13, owner: platform-team}
services:
  - {name: storefront, url: "https://www.example.com", runsOn: [edge-7], dependsOn: [orders-db]}
domains:
  - {name: example.com, registrar: Example, expires: 2026-12-01}
databases:
  - {name: orders-db, engine: PostgreSQL, version: "17", host: edge-7}
`;
const { signal } = new AbortController();
const nowhere: Focus = { page: null, namespace: null, object: null, issueId: null };
const on = (name: string): Focus => ({ ...nowhere, object: { kind: 'Server', namespace: null, name } });
const open = (text = file) => createInventorySource({ read: () => Promise.resolve(text) });

describeContextSource('the inventory', { open, focuses: [nowhere, on('edge-7'), on('gone')] });

it('tells what needs what, and finds entries by words', async () => {
  const sections = await open().summarise(on('edge-7'), signal);
  expect(sections.find(({ id }) => id === 'neighbours')?.text).toBe('storefront, orders-db');
  const [find] = open().tools;
  expect(await find?.run({ search: 'postgresql 17' }, signal)).toMatchObject({ value: [{ kind: 'Database', name: 'orders-db' }] });
  await expect(find?.run({ search: 'nothing' }, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it.each([
  ['servers: [{name: a, adress: 1}]', /servers\.0/],
  ['servers: [', /no YAML/],
  ['- a', /its top/],
])('refuses %s and names the place', async (text, message) => {
  await expect(open(text).names(signal)).rejects.toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringMatching(message) });
});
