import { mostUnderWay } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { OutputPace } from './output-pace.ts';

/** What has happened once everything that could go on has gone on. */
async function passed(room: Promise<void>): Promise<boolean> {
  let done = false;
  void room.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}

describe('the pace of output', () => {
  it('does not hold back from a client that says nothing', async () => {
    const pace = new OutputPace();
    await pace.room(mostUnderWay * 3);
    expect(await passed(pace.room(1))).toBe(true);
  });

  it('waits for a page to take what is under way, and goes on as it does', async () => {
    const pace = new OutputPace();
    pace.taken(0);
    await pace.room(mostUnderWay + 10);
    const next = pace.room(5);
    pace.taken(10);
    expect(await passed(next)).toBe(false);
    pace.taken(1);
    expect(await passed(next)).toBe(true);
  });

  it('holds nobody back once the page is gone', async () => {
    const pace = new OutputPace();
    pace.taken(0);
    await pace.room(mostUnderWay);
    const next = pace.room(1);
    pace.end();
    expect([await passed(next), await passed(pace.room(1))]).toEqual([true, true]);
  });
});
