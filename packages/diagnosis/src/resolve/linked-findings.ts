/** Groups of nodes that links hold together, whichever way they point. Nodes keep their order, and groups that of their first nodes. */
export function linkedGroups<T>(nodes: readonly T[], linked: (node: T) => readonly T[]): T[][] {
  const places = new Map<T, number>(nodes.map((node, place) => [node, place]));
  const heads = Int32Array.from(nodes, (_, place) => place);
  for (const [place, node] of nodes.entries()) {
    for (const other of linked(node)) {
      const end = places.get(other);
      if (end !== undefined) join(heads, place, end);
    }
  }
  const groups = new Map<number, T[]>();
  for (const [place, node] of nodes.entries()) {
    const head = headOf(heads, place);
    const group = groups.get(head);
    if (group === undefined) groups.set(head, [node]);
    else group.push(node);
  }
  return [...groups.values()];
}

function join(heads: Int32Array, one: number, other: number): void {
  const [a, b] = [headOf(heads, one), headOf(heads, other)];
  heads[Math.max(a, b)] = Math.min(a, b);
}

/** Ways to the head become shorter as they are walked. */
function headOf(heads: Int32Array, place: number): number {
  let at = place;
  for (let next = heads[at] ?? at; next !== at; next = heads[at] ?? at) {
    heads[at] = heads[next] ?? next;
    at = next;
  }
  return at;
}
