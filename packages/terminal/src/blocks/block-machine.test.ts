import { beforeEach, describe, expect, it } from 'vitest';
import { shellMark } from '../integration/shell-mark.ts';
import { type BlockChange, BlockMachine } from './block-machine.ts';

const secret = 'abc123';
let time = 0;
let machine: BlockMachine;
let at = 0;

beforeEach(() => {
  time = 1000;
  at = 0;
  let ids = 0;
  const kube = { context: 'prod', namespace: 'shop', pinned: false, production: true };
  machine = new BlockMachine({ session: 's', cwd: () => '/work', kube: () => kube, now: () => 0, monotonic: () => time, newId: () => `block-${++ids}` });
});

/** Marks as they come: `133;A` with the secret of the session, `!133;A` without it. */
function take(...texts: string[]): BlockChange[] {
  return texts.flatMap((text) => {
    const [, forged, code, data] = /^(!?)(\d+);(.*)$/s.exec(text) ?? [];
    const signed = forged === '!' ? data : `${data};${code === '133' ? 'qd=' : ''}${secret}`;
    const mark = shellMark(Number(code), signed ?? '', secret);
    at += 10;
    return mark === null ? [] : machine.take({ mark, start: at, end: at + 5 });
  });
}

const blocks = (changes: BlockChange[]) => changes.flatMap((change) => ('block' in change ? [{ type: change.type, ...change.block }] : []));

describe('BlockMachine', () => {
  it('makes a block of a command, with its place, its time and how it ended', () => {
    take('133;A', '133;B', '633;E;make test');
    expect(blocks(take('133;C'))).toMatchObject([
      {
        type: 'started',
        command: 'make test',
        trusted: true,
        cwd: '/work',
        kube: { context: 'prod', namespace: 'shop' },
        startOffset: 10,
        outputOffset: 45,
        exit: null,
      },
    ]);
    time += 1500;
    expect(blocks(take('133;D;2'))).toMatchObject([{ type: 'ended', exit: 2, durationMs: 1500, endOffset: 50 }]);
  });

  it('reads what scripts escape', () => {
    take('633;E;echo "a\\x3bb" \\\\ \\x0aend');
    expect(blocks(take('133;C'))[0]?.command).toBe('echo "a;b" \\ \nend');
  });

  it('takes nothing from who does not know the secret, once the shell has shown it', () => {
    take('133;A', '133;B', '633;E;cat evil.txt', '133;C');
    expect(take('!133;D;0', '!133;A', '!633;E;rm -rf /;guess', '!133;C', '!133;D;0', '!633;P;Cwd=/etc', '!7;file:///etc', '!1337;CurrentDir=/etc')).toEqual([]);
    expect(blocks(take('133;D;1'))).toMatchObject([{ command: 'cat evil.txt', exit: 1 }]);
  });

  it('takes marks of a prompt of the user, and does not trust what comes of them', () => {
    expect(blocks(take('!133;A', '!133;B', '!133;C', '!133;D;0'))).toMatchObject([
      { type: 'started', trusted: false, command: null },
      { type: 'ended', exit: 0 },
    ]);
    expect(take('!7;file:///srv')).toEqual([{ type: 'cwd', cwd: '/srv' }]);
    expect(take('!7;file://elsewhere.example/srv')).toEqual([]);
  });

  it('is led astray by no order of marks', () => {
    expect(blocks(take('133;D;0', '133;B', '133;B', '133;A', '133;A'))).toEqual([]);
    expect(blocks(take('133;C', '133;C'))).toMatchObject([{ type: 'started' }, { type: 'ended', exit: null }, { type: 'started' }]);
    expect(blocks(take('133;A'))).toMatchObject([{ type: 'ended', exit: null }]);
    expect(blocks(machine.end(999))).toEqual([]);
  });

  it('believes the screen only where it says what the shell has said before', () => {
    take('633;E;make', '133;C', '133;D;0', '633;E;');
    const [started] = blocks(take('133;C'));
    const [ended] = blocks(take('133;D;0'));
    expect(started).toMatchObject({ command: null, trusted: false });
    if (ended === undefined) throw new Error('It did not end.');
    expect(machine.named(ended, 'make')).toMatchObject({ command: 'make', trusted: true });
    expect(machine.named(ended, ' secret thing')).toMatchObject({ command: ' secret thing', trusted: false });
    expect(machine.named(ended, '  ')).toMatchObject({ command: null, trusted: false });
  });
});
