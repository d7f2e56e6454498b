import type { TopologyEdge, TopologyNode } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { cardSize, namespaceFrames, type Place, placeNodes } from './layout/place-nodes.ts';
import { troubleOnly, troublesOf } from './topology-select.ts';
import { walk } from './walk-graph.ts';

function node(id: string, more: Partial<TopologyNode> = {}): TopologyNode {
  const object = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: id };
  return { id, object, role: 'service', exists: true, state: 'healthy', stateText: '', pods: null, members: null, issue: null, note: null, ...more };
}

function edge(from: string, to: string, state: TopologyEdge['state'] = 'ok'): TopologyEdge {
  return { id: `${from}>${to}`, from, to, type: 'calls', label: '', state, reason: null, count: 1 };
}

const at = (x: number, y: number): Place => ({ x, y });

describe('placeNodes', () => {
  const before = new Map([
    ['a', at(0, 0)],
    ['b', at(300, 500)],
  ]);

  it('moves nobody who stands, and puts a new one where its neighbour is', () => {
    const best = new Map([
      ['a', at(0, 0)],
      ['b', at(300, 0)],
      ['c', at(600, 0)],
    ]);
    const places = placeNodes({ nodes: [node('a'), node('b'), node('c')], edges: [edge('a', 'b'), edge('b', 'c')] }, best, before);
    expect([...places]).toEqual([...before, ['c', at(600, 500)]]);
  });

  it('lets nobody stand on another', () => {
    const best = new Map([
      ['b', at(300, 0)],
      ['c', at(300, 0)],
    ]);
    const places = placeNodes({ nodes: [node('b'), node('c')], edges: [edge('b', 'c')] }, best, before);
    expect(places.get('c')?.y).toBeGreaterThanOrEqual(500 + cardSize.height);
    expect(places.has('a')).toBe(false);
  });
});

it('draws a frame around each namespace where there are several', () => {
  const other = node('x', { object: { apiVersion: 'v1', kind: 'Service', namespace: 'other', name: 'x' } });
  const places = new Map([
    ['a', at(0, 0)],
    ['x', at(400, 0)],
  ]);
  expect(namespaceFrames([node('a')], places)).toEqual([]);
  expect(namespaceFrames([node('a'), other], places).map(({ namespace, x }) => [namespace, x])).toEqual([
    ['shop', -16],
    ['other', 384],
  ]);
});

it('walks along the edges, and to what stands above and below', () => {
  const drawn = { nodes: [node('a'), node('b'), node('c'), node('d')], edges: [edge('a', 'b'), edge('a', 'c'), edge('d', 'c')] };
  const places = new Map([
    ['a', at(0, 0)],
    ['b', at(300, 0)],
    ['c', at(300, 90)],
    ['d', at(0, 90)],
  ]);
  expect(walk(drawn, places, null, 'out')).toBe('a');
  expect(walk(drawn, places, 'a', 'out')).toBe('b');
  expect(walk(drawn, places, 'b', 'down')).toBe('c');
  expect(walk(drawn, places, 'c', 'in')).toBe('d');
  expect(walk(drawn, places, 'a', 'up')).toBeNull();
});

it('keeps what is broken with what hangs on it', () => {
  const drawn = { nodes: [node('a'), node('b', { state: 'high' }), node('c'), node('d')], edges: [edge('a', 'b', 'broken'), edge('c', 'd')] };
  expect(troubleOnly(drawn).nodes.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(troublesOf(drawn)).toEqual({ unwell: 1, broken: 1, blocked: 0 });
});
