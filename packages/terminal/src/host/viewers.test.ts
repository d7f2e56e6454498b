import { largestTerminalChunk, type TerminalServerFrame, terminalFlow } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { isTooFast } from './pace.ts';
import { OutputRing } from './ring.ts';
import { TakenInput } from './taken-input.ts';
import { Viewer } from './viewer.ts';
import { Viewers } from './viewers.ts';

/** A session of which the ring keeps 2 MiB, and pages that get its frames. */
function world() {
  const ring = new OutputRing(2 * 1024 * 1024);
  const clock = { at: 0 };
  const now = () => clock.at;
  const viewers = new Viewers(now);
  const snapshot = () => ({ offset: ring.end, columns: 80, rows: 24, alternate: false, hasMore: false, text: 'screen' });
  const join = (client: string, haveOffset: number | null = 0) => {
    const frames: TerminalServerFrame[] = [];
    const viewer = new Viewer(client, {
      output: { number: 1, ring, snapshot, now },
      sink: { send: (frame) => frames.push(frame), isBackedUp: false },
      lines: 500,
    });
    const { mode, deliver } = viewer.begin(haveOffset);
    viewers.add(viewer);
    deliver();
    viewer.start();
    const sent = () => frames.reduce((sum, frame) => (frame.type === 'output' ? sum + frame.bytes.byteLength : sum), 0);
    return { viewer, frames, sent, mode };
  };
  const put = (bytes: number) => {
    for (let left = bytes; left > 0; left -= largestTerminalChunk) ring.push(Buffer.alloc(Math.min(left, largestTerminalChunk)));
    viewers.pump();
  };
  return { ring, clock, viewers, join, put };
}

describe('the pages of a session', () => {
  it('are sent no more than they keep up with, and hold the program up', () => {
    const { viewers, join, put, ring } = world();
    const { viewer, sent } = join('a');
    put(terminalFlow.high + 500_000);
    expect(sent()).toBe(terminalFlow.high);
    const pacing = () => ({ end: ring.end, reached: viewers.reached, pending: 0 });
    expect(isTooFast(false, pacing())).toBe(true);
    viewer.acknowledge(terminalFlow.high);
    expect(sent()).toBe(terminalFlow.high + 500_000);
    expect([isTooFast(true, pacing()), isTooFast(false, pacing())]).toEqual([true, false]);
    viewer.acknowledge(terminalFlow.high + 400_000);
    expect(isTooFast(true, pacing())).toBe(false);
  });

  it('that are hidden or fall silent hold nobody up, and are brought up to date', () => {
    const { viewers, join, put, clock } = world();
    const hidden = join('a');
    hidden.viewer.setVisible(false);
    put(3 * 1024 * 1024);
    expect([hidden.sent(), viewers.reached]).toEqual([0, null]);
    hidden.viewer.setVisible(true);
    expect(hidden.frames.map(({ type }) => type)).toEqual(['event', 'event', 'event', 'snapshot']);
    expect(hidden.frames[2]).toMatchObject({ event: { type: 'gap', from: 0, to: 3 * 1024 * 1024 } });
    put(1000);
    expect(viewers.reached).not.toBeNull();
    clock.at = 11_000;
    expect(viewers.reached).toBeNull();
  });

  it('do not wait for one that only looks, and do for one that types', () => {
    const { viewers, join, put } = world();
    const [typing, looking] = [join('a'), join('b')];
    put(500_000);
    typing.viewer.acknowledge(500_000);
    expect(viewers.reached).toBe(500_000);
    looking.viewer.acknowledge(10);
    expect(viewers.reached).toBe(500_000);
  });

  it('are waited for a while where their connection was lost, and type again when they are back', () => {
    const { viewers, join, put, clock, ring } = world();
    const before = join('a');
    put(100_000);
    before.viewer.acknowledge(40_000);
    viewers.remove('a', before.viewer, true);
    expect([viewers.reached, viewers.mayWrite('b'), viewers.writer]).toEqual([40_000, false, 'a']);
    const back = join('a', 40_000);
    expect([back.mode, back.sent(), viewers.mayWrite('a')]).toEqual(['tail', ring.end - 40_000, true]);
    viewers.remove('a', back.viewer, true);
    clock.at = 61_000;
    expect([viewers.reached, viewers.mayWrite('b'), viewers.writer]).toEqual([null, true, 'b']);
  });

  it('leave typing to the next when they go', () => {
    const { viewers, join } = world();
    const [first, second] = [join('a'), join('b')];
    viewers.remove('a', first.viewer, false);
    expect(viewers.writer).toBe('b');
    expect(second.frames.at(-1)).toMatchObject({ event: { type: 'writer', client: 'b' } });
  });
});

describe('input that is sent again', () => {
  it('is taken once for each page', () => {
    const taken = new TakenInput();
    expect([taken.take('a', 1), taken.take('a', 1), taken.take('b', 1), taken.take('a', 3), taken.take('a', 2)]).toEqual([true, false, true, true, false]);
    expect([taken.last('a'), taken.last('never')]).toEqual([3, 0]);
  });
});
