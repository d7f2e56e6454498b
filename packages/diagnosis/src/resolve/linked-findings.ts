/** Groups of nodes that links hold together, whichever way they point. Nodes keep their order, and groups that of their first nodes. */
export function linkedGroups<T>(nodes: readonly T[], linked: (node: T) => Iterable<T>): T[][] {
  const heads = new Map<T, T>(nodes.map((node) => [node, node]));
  const headOf = (node: T): T => {
    let head = node;
    for (let next = heads.get(head); next !== undefined && next !== head; next = heads.get(head)) head = next;
    heads.set(node, head);
    return head;
  };
  for (const node of nodes) for (const other of linked(node)) heads.set(headOf(node), headOf(other));
  const groups = new Map<T, T[]>();
  for (const node of nodes) {
    const head = headOf(node);
    const group = groups.get(head);
    if (group === undefined) groups.set(head, [node]);
    else group.push(node);
  }
  return [...groups.values()];
}
