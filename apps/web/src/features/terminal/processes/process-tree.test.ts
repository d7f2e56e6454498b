import type { TerminalProcess } from '@quarterdeck/contract';
import { expect, it } from 'vitest';
import { processTree } from './process-tree.ts';

const process = (pid: number, parent: number): TerminalProcess => ({
  pid,
  parent,
  name: `p${pid}`,
  command: '',
  state: 'running',
  foreground: false,
  startedAt: '2026-01-01T00:00:00Z',
  memory: 0,
  cpuSeconds: 0,
});

it('processes stand below their parents; those whose parent is gone stand at the top', () => {
  expect(
    processTree([process(10, 1), process(11, 10), process(12, 11), process(13, 10), process(20, 5)]).map(({ process: { pid }, depth }) => [pid, depth]),
  ).toEqual([
    [10, 0],
    [11, 1],
    [12, 2],
    [13, 1],
    [20, 0],
  ]);
});
