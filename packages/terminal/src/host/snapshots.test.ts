import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankTerminal, fed } from '../testing/blank-terminal.ts';
import { differences, screenState } from '../testing/screen-state.ts';
import { Mirror, type Snapshot } from './mirror.ts';

const columns = 20;
const rows = 6;
const esc = '\x1b';

/** What full-screen programs and shells send. */
const words = [
  'hello',
  'x',
  ' ',
  'é',
  '漢字',
  'e\u0301',
  '👍',
  'a long text that wraps around the line',
  '\r\n',
  '\n',
  '\r',
  '\b',
  '\t',
  `${esc}[31m`,
  `${esc}[1;4m`,
  `${esc}[48;5;200m`,
  `${esc}[38;2;1;2;3m`,
  `${esc}[7m`,
  `${esc}[0m`,
  `${esc}[3;5H`,
  `${esc}[H`,
  `${esc}[2A`,
  `${esc}[3C`,
  `${esc}[K`,
  `${esc}[1K`,
  `${esc}[J`,
  `${esc}[2J`,
  `${esc}[2L`,
  `${esc}[M`,
  `${esc}[3P`,
  `${esc}[2@`,
  `${esc}[2;5r`,
  `${esc}[r`,
  `${esc}7`,
  `${esc}8`,
  `${esc}[?25l`,
  `${esc}[?25h`,
  `${esc}[?1049h`,
  `${esc}[?1049l`,
  `${esc}[?1000h`,
  `${esc}[?1006h`,
  `${esc}[?1006l`,
  `${esc}[?2004h`,
  `${esc}[?1h`,
  `${esc}=`,
  `${esc}[?6h`,
  `${esc}[?6l`,
  `${esc}[?7l`,
  `${esc}[?7h`,
  `${esc}[4h`,
  `${esc}[4l`,
  `${esc}[5 q`,
  `${esc}[3g`,
  `${esc}H`,
  `${esc}(0`,
  'lqqk',
  `${esc}(B`,
  '\x0e',
  '\x0f',
  `${esc}M`,
  `${esc}D`,
  `${esc}]0;a title\x07`,
  `${esc}]133;A\x07`,
  `${esc}]633;E;ls;n\x1b\\`,
  `${esc}P$qm${esc}\\`,
];

/** Gives output in pieces, keeps the snapshot of a moment in it, and says where what is restored from it ends up elsewhere. */
async function restored(output: Buffer, cuts: readonly number[], at: number): Promise<string[]> {
  const mirror = new Mirror({ columns, rows, scrollback: 100 });
  const edges = [...new Set(cuts.map((cut) => cut % (output.byteLength + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...edges].map((edge, index) => output.subarray(edge, edges[index] ?? output.byteLength));
  let snapshot: Snapshot = mirror.snapshot(100);
  for (const [index, piece] of pieces.entries()) {
    mirror.write(piece, () => undefined);
    await mirror.settled();
    if (index === at % pieces.length) snapshot = mirror.snapshot(100);
  }
  const reference = blankTerminal(columns, rows, 100);
  await fed(reference, output);
  const page = blankTerminal(snapshot.columns, snapshot.rows, 100);
  await fed(page, snapshot.text);
  await fed(page, output.subarray(snapshot.offset));
  return differences(screenState(reference, 100), screenState(page, 100));
}

describe('a screen that is restored', () => {
  it.each([
    ['in the middle of a sequence', `red ${esc}[3`, '1mtext'],
    ['in the middle of a character', Buffer.from('漢').subarray(0, 2), Buffer.from('漢').subarray(2)],
    ['in the middle of a title', `${esc}]0;a ti`, 'tle\x07after'],
    ['behind a full line', 'x'.repeat(columns), 'y'],
    ['behind a full line of wide characters', '漢'.repeat(columns / 2), 'y'],
    ['behind a full coloured line', `${esc}[31m${'x'.repeat(columns)}${esc}[32m`, 'y'],
    ['with a scroll region', `${esc}[2;4r${esc}[4;1Ha`, '\n\n\nb'],
    ['with line drawing', `${esc}(0`, 'lqqk'],
    ['with letters again by a restored cursor', `${esc}(0${esc}8hello`, 'l'],
    ['with line drawing in a saved cursor', `${esc}(0${esc}7${esc}(Bx`, `${esc}8lqk`],
    ['with a saved cursor', `${esc}[3;4H${esc}7${esc}[H`, `a${esc}8b`],
    ['with tab stops', `${esc}[3g${esc}[1;5H${esc}H\r`, '\tx'],
    ['with origin mode', `${esc}[2;5r${esc}[?6h${esc}[2;2H`, `x${esc}[1;1Hy`],
    ['in a full-screen program', `shell$ vi\r\n${esc}[?1049h${esc}[?1006h${esc}[?1002h${esc}[2;2Htext`, `${esc}[?1049lback`],
  ])('goes on as the one that never stopped: %s', async (_what, before, after) => {
    const [head, tail] = [Buffer.from(before), Buffer.from(after)];
    expect(await restored(Buffer.concat([head, tail]), [head.byteLength], 0)).toEqual([]);
  });

  it('is the same wherever output is cut, whatever it is', async () => {
    const output = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 40 }).map((parts) => Buffer.from(parts.join('')));
    const property = fc.asyncProperty(output, fc.array(fc.nat(), { maxLength: 5 }), fc.nat(), async (bytes, cuts, at) => {
      const found = await restored(bytes, cuts, at);
      if (found.length > 0) throw new Error(found.join('\n'));
    });
    // The same screens each time; whoever asks for a number of runs looks at new ones.
    const runs = process.env.QD_SCREEN_RUNS;
    await fc.assert(property, runs === undefined ? { numRuns: 100, seed: 1 } : { numRuns: Number(runs) });
  });
});
