import { type TopologyExtra, topologyExtras } from '@quarterdeck/contract';

export const topologyViews = ['map', 'objects', 'connections'] as const;
export type TopologyView = (typeof topologyViews)[number];

/** What is drawn besides, in the URL: policies where it says nothing, `none` for nothing. */
export function extrasOf(also: string | undefined): readonly TopologyExtra[] {
  if (also === undefined) return ['policies'];
  const names = also.split(',');
  return topologyExtras.filter((extra) => names.includes(extra));
}

export function withExtra(extras: readonly TopologyExtra[], extra: TopologyExtra): string | undefined {
  const next = topologyExtras.filter((each) => (each === extra ? !extras.includes(each) : extras.includes(each)));
  const text = next.length === 0 ? 'none' : next.join(',');
  return text === 'policies' ? undefined : text;
}
