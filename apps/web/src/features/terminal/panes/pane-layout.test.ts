import { describe, expect, it } from 'vitest';
import {
  neighbourOf,
  newLayout,
  type PaneLayout,
  type PaneNode,
  paneLayoutSchema,
  panesOf,
  withBorderMoved,
  withoutPane,
  withSplit,
  withSwapped,
} from './pane-layout.ts';

const pane = (id: string) => ({ id, session: null, start: {} });

/** `a|b` beside each other, `a/b` below each other, with shares in percent. */
function drawn(node: PaneNode): string {
  if ('pane' in node) return node.pane.id;
  const { direction, parts } = node.split;
  return `(${parts.map(({ share, node: inner }) => `${Math.round(share * 100)}${drawn(inner)}`).join(direction === 'row' ? '|' : '/')})`;
}

const three: PaneLayout = withSplit(withSplit(newLayout('a'), 'a', 'row', pane('b')), 'b', 'column', pane('c'));

describe('the panes of a tab', () => {
  it('halve the place of the one that is split, without a split in a split of the same direction', () => {
    expect(drawn(three.root)).toBe('(50a|50(50b/50c))');
    expect(three.active).toBe('c');
    expect(drawn(withSplit(three, 'a', 'row', pane('d')).root)).toBe('(25a|25d|50(50b/50c))');
    expect(withSplit(three, 'gone', 'row', pane('d'))).toBe(three);
  });

  it('take the place of one that goes, and the keyboard from it', () => {
    const left = withoutPane({ ...three, zoomed: 'c' }, 'c');
    expect(left).toMatchObject({ active: 'b', zoomed: null });
    expect(left === null ? '' : drawn(left.root)).toBe('(50a|50b)');
    expect(withoutPane(newLayout('a'), 'a')).toBeNull();
    expect(withoutPane(three, 'gone')).toBe(three);
  });

  it('change places, and are gone through in reading order', () => {
    expect(panesOf(withSwapped(three, 'a', 'c').root).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect([neighbourOf(three, 1), neighbourOf(three, -1)]).toEqual(['a', 'b']);
  });

  it('have borders that can be moved until a pane would be too small', () => {
    expect(drawn(withBorderMoved(three, [], 0, 0.2).root)).toBe('(70a|30(50b/50c))');
    expect(drawn(withBorderMoved(three, [1], 0, -5).root)).toBe('(50a|50(8b/92c))');
  });

  it('come back from what was kept as they were', () => {
    expect(paneLayoutSchema.parse(JSON.parse(JSON.stringify(three)))).toEqual(three);
    expect(paneLayoutSchema.safeParse({ ...three, root: { split: { direction: 'row', parts: [] } } }).success).toBe(false);
  });
});
