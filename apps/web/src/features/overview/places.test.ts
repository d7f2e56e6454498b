import type { ResourceKind } from '@quarterdeck/contract';
import { describe, expect, it } from 'vitest';
import { en } from '../../messages/en/index.ts';
import { describePlace } from './describe-place.ts';
import { isPinned, noPlaces, parsePlaces, withPinTurned, withRecent } from './places.ts';

const pod: ResourceKind = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true, shortNames: ['po'], group: 'workloads', verbs: ['list'] };
const context = { messages: en, kinds: [pod], issues: [{ id: 'qd-1', title: 'Image is missing' }] };

describe('a place', () => {
  it.each([
    ['/resources/pods?cluster=a&q=status:faulty&sort=-age', { href: '/resources/pods?q=status%3Afaulty', label: 'Pods “status:faulty”' }],
    ['/resources/pods?cluster=a', { href: '/resources/pods', label: 'Pods' }],
    ['/issues/qd-1?plan=long', { href: '/issues/qd-1', label: 'Image is missing' }],
    ['/issues?view=resolved', { href: '/issues?view=resolved', label: 'Issues “resolved”' }],
    ['/issues?open=Deployment.apps/shop/api&section=yaml', { href: '/objects/Deployment.apps/shop/api', label: 'Deployment shop/api' }],
    ['/issues/unknown', null],
    ['/resources/unknown', null],
    ['/settings', null],
    ['/', null],
  ])('of %s', (href, place) => {
    expect(describePlace(href, context)).toEqual(place);
  });
});

describe('places', () => {
  const [one, two] = [
    { href: '/a', label: 'A' },
    { href: '/b', label: 'B' },
  ];

  it('are remembered once, the latest first', () => {
    expect(withRecent(withRecent(withRecent(noPlaces, one), two), one).recents).toEqual([one, two]);
  });

  it('are pinned and taken off again', () => {
    const pinned = withPinTurned(withPinTurned(noPlaces, one), two);
    expect(pinned.pins).toEqual([one, two]);
    expect(isPinned(withPinTurned(pinned, one), '/a')).toBe(false);
  });

  it('that nobody can read are none', () => {
    expect(parsePlaces('{')).toEqual({});
    expect(parsePlaces('{"c":{"pins":[{"href":"javascript:alert(1)","label":"x"}],"recents":[]}}')).toEqual({ c: { pins: [], recents: [] } });
  });
});
