import type { Neighbour, Relations } from '@quarterdeck/contract';

export interface RelationGroup {
  type: string;
  direction: Neighbour['direction'];
  members: readonly Neighbour[];
}

/** What is asked for first when something is wrong. */
const order = [
  'selects',
  'routes',
  'calls',
  'mounts',
  'reads',
  'claims',
  'provisions',
  'runsAs',
  'pullsWith',
  'runsOn',
  'scales',
  'guards',
  'classes',
  'grants',
  'binds',
  'admits',
  'refers',
];

/** Pure. Neighbours by what joins them; one that several fields name stands once, with the first of them. */
export function relationGroups({ neighbours }: Pick<Relations, 'neighbours'>): RelationGroup[] {
  const groups = new Map<string, Map<string, Neighbour>>();
  for (const neighbour of neighbours) {
    const { type, direction, object } = neighbour;
    const members = groups.get(`${type} ${direction}`) ?? new Map<string, Neighbour>();
    groups.set(`${type} ${direction}`, members);
    const key = `${object.kind} ${object.namespace} ${object.name}`;
    if (!members.has(key)) members.set(key, neighbour);
  }
  const place = (type: string) => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...groups.values()]
    .flatMap((members): RelationGroup[] => {
      const all = [...members.values()];
      const [first] = all;
      return first === undefined ? [] : [{ type: first.type, direction: first.direction, members: all }];
    })
    .sort((a, b) => place(a.type) - place(b.type) || a.direction.localeCompare(b.direction));
}
