import type { TerminalBlock, TerminalSession } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { applyEvent, sessionStateOf, titleOf, withBlocks } from './session-state.ts';

const session: TerminalSession = {
  id: '00000000-0000-4000-8000-000000000000',
  number: 1,
  name: 'zsh',
  shell: 'zsh',
  pid: 100,
  owner: 'ada',
  createdAt: '2026-01-01T00:00:00Z',
  cwd: '/home/ada/infra',
  title: null,
  columns: 80,
  rows: 24,
  state: 'running',
  exit: null,
  viewers: 1,
  writer: null,
  kube: null,
  running: null,
  integrated: true,
  observed: true,
  hidden: false,
  detachedAt: null,
};
const block = (id: string, startOffset: number, change: Partial<TerminalBlock> = {}): TerminalBlock => ({
  id,
  session: session.id,
  command: id,
  trusted: true,
  cwd: null,
  kube: null,
  startOffset,
  outputOffset: null,
  endOffset: null,
  startedAt: '2026-01-01T00:00:00Z',
  durationMs: null,
  exit: null,
  truncated: false,
  bookmarked: false,
  ...change,
});

describe('the state of a session', () => {
  it('keeps its commands in the order of the output, the newest word of each', () => {
    const started = applyEvent(sessionStateOf(session), { type: 'blockStarted', block: block('b', 50) });
    const ended = applyEvent(started, { type: 'blockEnded', block: block('b', 50, { exit: 1 }) });
    const asked = withBlocks(ended, [block('a', 0, { exit: 0 }), block('b', 50)]);
    expect(asked.blocks.map(({ id, exit }) => [id, exit])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('follows what is told of the session itself', () => {
    const told = [
      { type: 'writer' as const, client: 'page-2' },
      { type: 'hidden' as const, on: true },
      { type: 'running' as const, command: 'make' },
      { type: 'exited' as const, exit: { code: 3, signal: null } },
    ].reduce(applyEvent, sessionStateOf(session));
    expect(told.session).toMatchObject({ writer: 'page-2', state: 'exited', exit: { code: 3 }, running: null, hidden: false });
  });
});

it('a session is called by its person, else by what runs, else by where it is', () => {
  expect(titleOf(session)).toBe('zsh infra');
  expect(titleOf({ ...session, running: 'make test\nexit' })).toBe('make test');
  expect(titleOf({ ...session, running: 'make', name: 'deploys' })).toBe('deploys');
  expect(titleOf({ ...session, cwd: '/' })).toBe('zsh /');
});
