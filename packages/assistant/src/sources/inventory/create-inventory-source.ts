import { AppError } from '@quarterdeck/contract';
import { stringify } from 'yaml';
import * as z from 'zod';
import type { KnownName } from '../../privacy/privacy-settings.ts';
import type { AssistantTool } from '../../tools/assistant-tool.ts';
import { defineAssistantTool } from '../../tools/define-tool.ts';
import type { ContextSection, ContextSource, Focus } from '../context-source.ts';
import { type Inventory, type InventoryKind, inventoryKinds, parseInventory } from './inventory-file.ts';

export interface InventoryParts {
  /** Reads the file anew. */
  read(signal: AbortSignal): Promise<string>;
}

type Entry = Inventory[InventoryKind][number];

/** Servers, web services, domains and databases from a file: what the assistant may know beside a cluster. */
export function createInventorySource({ read }: InventoryParts): ContextSource {
  const inventory = async (signal: AbortSignal) => parseInventory(await read(signal));
  return {
    id: 'inventory',
    name: 'Inventory',
    tools: [findInInventory(inventory)],
    answer: () => Promise.resolve(null),
    summarise: async (focus, signal) => sectionsOf(await inventory(signal), focus),
    names: async (signal) => namesIn(await inventory(signal)),
    suggestedPrompts: async (focus, signal) => promptsFor(await inventory(signal), focus),
  };
}

function sectionsOf(inventory: Inventory, { object }: Focus): ContextSection[] {
  const counts = inventoryKinds.map((kind) => `${inventory[kind].length} ${kind}`).join(', ');
  const found = object === null ? null : entryNamed(inventory, object.name);
  const own: ContextSection[] = found === null ? [] : [{ id: 'status', title: 'In the inventory', form: 'yaml', text: stringify(found), priority: 55 }];
  const around = found === null ? [] : whatNeeds(inventory, found.name);
  const users: ContextSection[] =
    around.length === 0 ? [] : [{ id: 'neighbours', title: 'What needs it', form: 'text', text: around.join(', '), priority: 45 }];
  return [...own, ...users, { id: 'inventory', title: 'Inventory', form: 'text', text: `Besides the cluster there are ${counts}.`, priority: 10 }];
}

function entryNamed(inventory: Inventory, name: string): Entry | null {
  return inventoryKinds.flatMap((kind): Entry[] => inventory[kind]).find((entry) => entry.name === name) ?? null;
}

function whatNeeds(inventory: Inventory, name: string): string[] {
  const needs = (entry: Entry) => [...entry.dependsOn, ...('runsOn' in entry ? entry.runsOn : []), ...('host' in entry ? [entry.host] : [])].includes(name);
  return inventoryKinds.flatMap((kind) => inventory[kind].filter(needs).map((entry) => entry.name));
}

const kindNames = { servers: 'Server', services: 'WebService', domains: 'Host', databases: 'Database' } as const;

function namesIn(inventory: Inventory): KnownName[] {
  const entries = inventoryKinds.flatMap((kind) =>
    inventory[kind].map(({ name }): KnownName => ({ name, kind: kindNames[kind], leavesWith: 'sendResourceNames' })),
  );
  const owners = inventoryKinds
    .flatMap((kind) => inventory[kind].flatMap(({ owner }) => owner ?? []))
    .map((name): KnownName => ({ name, kind: 'Owner', leavesWith: 'sendClusterMetadata' }));
  return [...entries, ...owners];
}

function promptsFor(inventory: Inventory, { object }: Focus): string[] {
  const found = object === null ? null : entryNamed(inventory, object.name);
  if (found !== null) return [`What needs ${found.name}?`, ...(found.owner === undefined ? [] : [`Who owns ${found.name}?`])];
  const [domain] = inventory.domains
    .filter(({ expires }) => expires !== undefined)
    .sort((one, other) => (one.expires ?? '').localeCompare(other.expires ?? ''));
  return [
    ...(domain === undefined ? [] : [`When does ${domain.name} expire?`]),
    ...(inventory.servers.length > 0 ? ['Which services run on which server?'] : []),
  ];
}

const inputSchema = z.object({
  kind: z.enum(inventoryKinds).optional(),
  search: z.string().max(200).default('').describe('Words that must all occur in an entry.'),
});

function findInInventory(inventory: (signal: AbortSignal) => Promise<Inventory>): AssistantTool {
  return defineAssistantTool({
    name: 'find_in_inventory',
    title: 'Find in the inventory',
    description: 'Servers, web services, domains and databases outside the cluster, with what they depend on and who owns them.',
    permission: 'resource.read',
    effect: 'read',
    input: inputSchema,
    async run({ kind, search }, signal) {
      const known = await inventory(signal);
      const words = search.toLowerCase().split(/\s+/).filter(Boolean);
      const entries = (kind === undefined ? inventoryKinds : [kind]).flatMap((each) => known[each].map((entry) => ({ kind: kindNames[each], ...entry })));
      const found = entries.filter((entry) => words.every((word) => JSON.stringify(entry).toLowerCase().includes(word)));
      if (found.length === 0) throw new AppError('NOT_FOUND', 'Nothing in the inventory has these words.', { hint: 'Use fewer words, or leave out the kind.' });
      return {
        value: found.slice(0, 100),
        seen: found.slice(0, 100).map((entry) => ({ kind: entry.kind, namespace: null, name: entry.name, resourceVersion: null })),
      };
    },
  });
}
