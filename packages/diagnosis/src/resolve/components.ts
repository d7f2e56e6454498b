/**
 * Strongly connected components (Tarjan 1972), each after everything it leads to, so that a walk over the result
 * meets causes before symptoms. `targets` of a node must come in a stable order.
 */
export function components(nodes: readonly string[], targets: (node: string) => readonly string[]): string[][] {
  const search = new ComponentSearch(targets);
  for (const node of nodes) search.visit(node);
  return search.found;
}

class ComponentSearch {
  readonly found: string[][] = [];
  readonly #targets: (node: string) => readonly string[];
  readonly #order = new Map<string, number>();
  readonly #lowest = new Map<string, number>();
  readonly #stack: string[] = [];
  readonly #open = new Set<string>();

  constructor(targets: (node: string) => readonly string[]) {
    this.#targets = targets;
  }

  visit(node: string): number {
    const known = this.#order.get(node);
    if (known !== undefined) return this.#open.has(node) ? known : Number.POSITIVE_INFINITY;
    const order = this.#order.size;
    this.#order.set(node, order);
    this.#stack.push(node);
    this.#open.add(node);
    let lowest = order;
    for (const target of this.#targets(node)) lowest = Math.min(lowest, this.visit(target), this.#lowestOf(target));
    this.#lowest.set(node, lowest);
    if (lowest === order) this.#close(node);
    return order;
  }

  #lowestOf(node: string): number {
    return this.#open.has(node) ? (this.#lowest.get(node) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  }

  #close(root: string): void {
    const members = this.#stack.splice(this.#stack.lastIndexOf(root));
    for (const member of members) this.#open.delete(member);
    this.found.push(members.sort());
  }
}
