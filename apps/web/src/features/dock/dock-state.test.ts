import { Terminal } from 'lucide-react';
import { lazy } from 'react';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { emptyDock, restoreDock, withHeight, withoutTab, withTab, withTabAt, withTabBeside } from './dock-state.ts';
import { defineDockTab } from './dock-tab.ts';

const logs = defineDockTab({
  type: 'logs',
  subject: z.object({ pod: z.string() }),
  icon: Terminal,
  title: ({ pod }) => pod,
  Panel: lazy(async () => ({ default: () => null })),
});

const tab = (id: string, pod: string, cluster = 'dev') => ({ id, type: 'logs', cluster, subject: { pod } });

describe('the dock', () => {
  it('brings a tab of the same subject to the front, and opens another one for another cluster', () => {
    const two = withTab(withTab(emptyDock, tab('1', 'api-0')), tab('2', 'web-0'));
    expect(withTabBeside(two, '1', { id: '3', subject: { pod: 'db-0' } })).toMatchObject({ active: '3', tabs: [...two.tabs, tab('3', 'db-0')] });
    expect(withTabBeside(two, 'gone', { id: '3', subject: null })).toBe(two);
    expect(withTab(two, tab('3', 'api-0'))).toMatchObject({ active: '1', tabs: two.tabs, open: true });
    expect(withTab(two, tab('3', 'api-0', 'prod')).tabs).toHaveLength(3);
  });

  it('shows the neighbour of a closed tab, and closes with the last one', () => {
    const three = [tab('1', 'a'), tab('2', 'b'), tab('3', 'c')].reduce(withTab, emptyDock);
    const two = withoutTab({ ...three, active: '2' }, '2');
    expect(two).toMatchObject({ active: '3', open: true });
    expect(withoutTab(withoutTab(two, '3'), '1')).toMatchObject({ active: null, open: false, tabs: [] });
  });

  it('lets a tab take another place, and none beyond the ends', () => {
    const three = [tab('1', 'a'), tab('2', 'b'), tab('3', 'c')].reduce(withTab, emptyDock);
    const order = (id: string, index: number) =>
      withTabAt(three, id, index)
        .tabs.map((each) => each.id)
        .join('');
    expect([order('1', 2), order('3', 0), order('2', 9), order('2', -1)]).toEqual(['231', '312', '132', '213']);
    expect(withTabAt(three, 'gone', 0)).toBe(three);
  });

  it('keeps its height within the page, and while it covers all of it', () => {
    expect([withHeight(emptyDock, 3).height, withHeight(emptyDock, 99).height]).toEqual([15, 90]);
    const kept = JSON.stringify({ ...withHeight(emptyDock, 52), full: true });
    expect(restoreDock(kept, [])).toMatchObject({ height: 52, full: true });
  });

  it('comes back after a reload without tabs that nobody accepts any more', () => {
    const kept = JSON.stringify({ ...withTab(emptyDock, tab('1', 'api-0')), tabs: [tab('1', 'api-0'), { ...tab('2', ''), subject: 7 }], active: '2' });
    expect(restoreDock(kept, [logs])).toMatchObject({ tabs: [tab('1', 'api-0')], active: '1' });
    expect(restoreDock('{"tabs":', [logs])).toEqual(emptyDock);
    expect(restoreDock(null, [logs])).toEqual(emptyDock);
  });
});
