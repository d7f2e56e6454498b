import { type Cluster, type ResourceKind, type Session, seesAll } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../messages/en/index.ts';
import { parsePreferences } from '../preferences/preferences.ts';
import { issue } from '../testing/samples.ts';
import { commandsFor } from './all-commands.ts';
import { always, type Command, type CommandContext } from './command.ts';
import { keyName, matchKeys } from './match-keys.ts';

const cluster = (id: string): Cluster => ({
  id,
  name: id,
  server: null,
  user: null,
  file: null,
  uploaded: false,
  version: null,
  current: id === 'a',
  kubeconfigCurrent: false,
  production: false,
  readOnly: false,
  state: 'live',
  reason: null,
  remedy: null,
  since: '2026-01-01T12:00:00Z',
  asOf: null,
});
const kind = (name: string, plural: string, apiVersion = 'v1'): ResourceKind => ({
  apiVersion,
  kind: name,
  plural,
  namespaced: true,
  shortNames: [],
  group: 'workloads',
  verbs: [],
});

const session: Session = {
  mode: 'team',
  user: 'ada@example.com',
  name: 'Ada',
  version: '1.0.0',
  permissions: ['session.read', 'audit.read'],
  policy: seesAll,
  organisation: null,
  organisations: [],
  password: true,
  expiresAt: null,
};

function contextWith(change: Partial<CommandContext>) {
  const went: string[] = [];
  const context: CommandContext = {
    path: '/issues',
    session,
    clusters: [cluster('a'), cluster('b')],
    selected: cluster('a'),
    kinds: [kind('Pod', 'pods'), kind('PodMetrics', 'pods', 'metrics.k8s.io/v1beta1')],
    issues: [issue({ id: 'i7' })],
    messages: en,
    preferences: { ...parsePreferences(null), theme: 'dark' },
    drawer: false,
    go: {
      issue: (id) => went.push(`issue ${id}`),
      page: (path) => went.push(`page ${path}`),
      kind: (slug) => went.push(`kind ${slug}`),
      closeDrawer: () => went.push('close drawer'),
    },
    selectCluster: (id) => went.push(`cluster ${id}`),
    filterBox: () => ({ select: () => went.push('filter') }),
    setPreferences: (changed) => went.push(`preferences ${JSON.stringify(changed)}`),
    openPalette: () => went.push('palette'),
    showKeys: () => went.push('keys'),
    ...change,
  };
  return { context, went };
}

const idsOf = (commands: readonly Command[]) => commands.map((command) => command.id);

describe('commandsFor', () => {
  it('leaves out what makes no sense here: the cluster and theme of now, the way back on the first page', () => {
    const ids = idsOf(commandsFor(contextWith({}).context, []));
    expect(ids).toContain('switch-cluster:b');
    expect(ids).not.toContain('switch-cluster:a');
    expect(ids).not.toContain('switch-theme:dark');
    expect(ids).not.toContain('go-back');
    expect(ids).toContain('focus-filter');
    expect(idsOf(commandsFor(contextWith({ filterBox: () => null }).context, []))).not.toContain('focus-filter');
  });

  it('goes one level back with Esc: the drawer first, then the list', () => {
    for (const [drawer, target] of [
      [true, 'close drawer'],
      [false, 'page /issues'],
    ] as const) {
      const { context, went } = contextWith({ path: '/issues/i7', drawer });
      matchKeys('', 'Escape', commandsFor(context, [])).command?.run(context);
      expect(went).toEqual([target]);
    }
  });

  it('has the keys that somebody chose in place of its own', () => {
    const { context, went } = contextWith({ preferences: { ...parsePreferences(null), keys: { 'go-to:/issues': ['i'] } } });
    const commands = commandsFor(context, []);
    matchKeys('', 'i', commands).command?.run(context);
    expect(went).toEqual(['page /issues']);
  });

  it('leaves letters alone where they are switched off', () => {
    const commands = commandsFor(contextWith({ drawer: true, preferences: { ...parsePreferences(null), letterKeys: false } }).context, []);
    expect(matchKeys('', 'g', commands)).toEqual({ command: null, pending: '' });
    expect(matchKeys('', '/', commands).command).toBeNull();
    expect(matchKeys('', 'Mod+k', commands).command?.id).toBe('open-palette');
    expect(matchKeys('', 'Escape', commands).command?.id).toBe('go-back');
  });

  it('goes to a kind under an address that is its own', () => {
    const { context, went } = contextWith({});
    for (const command of commandsFor(context, []).filter(({ group }) => group === 'kinds')) command.run(context);
    expect(went).toEqual(['kind pods', 'kind PodMetrics.metrics.k8s.io']);
  });
});

describe('matchKeys', () => {
  const page: Command = { id: 'down', label: '', group: 'here', keywords: [], shortcuts: ['j'], when: always, run: () => undefined };
  const commands = commandsFor(contextWith({}).context, [page]);

  it('waits for the rest of a sequence and reads a key that does not belong to it on its own', () => {
    const first = matchKeys('', 'g', commands);
    expect(first).toEqual({ command: null, pending: 'g' });
    expect(matchKeys('g', 'p', commands).command?.id).toBe('go-to-kind:Pod');
    expect(matchKeys('g', 'j', commands)).toMatchObject({ command: { id: 'down' }, pending: '' });
    expect(matchKeys('', 'q', commands)).toEqual({ command: null, pending: '' });
  });

  it('reads ⌘K and Ctrl K alike and no key of Alt', () => {
    const press = (key: string, change: object = {}) => keyName({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...change });
    expect(press('k', { metaKey: true })).toBe('Mod+k');
    expect(press('K', { ctrlKey: true })).toBe('Mod+k');
    expect(press('K', { ctrlKey: true, shiftKey: true })).toBe('Mod+Shift+k');
    expect(press('Shift')).toBeNull();
    expect(press('j', { altKey: true })).toBeNull();
    expect(press('?', { shiftKey: true })).toBe('?');
    expect(press('ArrowDown', { shiftKey: true })).toBe('Shift+ArrowDown');
    expect(press(' ')).toBe('Space');
  });
});

describe('the pages about people', () => {
  const labels = (change: Partial<CommandContext>) => commandsFor(contextWith(change).context, []).map(({ label }) => label);

  it('are offered to whoever may see them', () => {
    expect(labels({})).toEqual(expect.arrayContaining(['Account', 'Audit']));
    expect(labels({})).not.toContain('Users');
    expect(labels({})).not.toContain('Actions');
    expect(labels({ session: { ...session, mode: 'local', permissions: ['action.read'] } })).toContain('Actions');
    expect(labels({ session: { ...session, permissions: ['identity.manage'] } })).toContain('Users');
  });

  it('have nothing to say of an account on a workbench of one person', () => {
    const alone = labels({ session: { ...session, mode: 'local', permissions: ['identity.manage', 'audit.read'] } });
    expect(alone).toContain('Audit');
    expect(alone).not.toContain('Users');
    expect(alone).not.toContain('Account');
  });
});
