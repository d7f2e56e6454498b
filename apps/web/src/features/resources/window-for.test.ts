import { describe, expect, it } from 'vitest';
import { windowFor } from './window-for.ts';

describe('windowFor', () => {
  const start = { offset: 0, limit: windowFor.size };

  it('stays while the view lies inside, moves when it comes near an edge, and covers the view after', () => {
    expect(windowFor.rows(start, 0, 100)).toBe(start);
    const moved = windowFor.rows(start, 280, 310);
    expect(moved.offset).toBeGreaterThan(0);
    expect(moved.offset).toBeLessThan(280);
    expect(moved.offset + moved.limit).toBeGreaterThan(310);
    expect(windowFor.rows(moved, 280, 310)).toBe(moved);
    expect(windowFor.rows(moved, 0, 30).offset).toBe(0);
  });
});
