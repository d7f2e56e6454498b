import type { HealthState, ObjectRef, TreeNode } from '@quarterdeck/contract';

export interface VisibleNode {
  node: TreeNode;
  /** From 1. */
  level: number;
  /** Undefined for a leaf. */
  expanded: boolean | undefined;
  /** The object above it: a container's pod. */
  within: ObjectRef | null;
}

const calm: ReadonlySet<HealthState> = new Set(['healthy', 'scaledToZero', 'paused', 'unknown', 'low']);

/** Whether the node or anything below it needs a look: such branches are open from the start. */
function isTroubled(node: TreeNode): boolean {
  return !calm.has(node.state) || node.children.some(isTroubled);
}

/** Namespaces with trouble start open, so that the tree shows what matters without a click; the rest is opened by hand. */
export function startsExpanded(node: TreeNode, level: number): boolean {
  return level === 1 && isTroubled(node);
}

/** Keeps the nodes whose label or kind holds the words, and what leads to them. */
export function filterTree(nodes: readonly TreeNode[], query: string): TreeNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...nodes];
  return nodes.flatMap((node) => {
    const text = `${node.label} ${node.kind} ${node.stateText}`.toLowerCase();
    if (words.every((word) => text.includes(word))) return [node];
    const children = filterTree(node.children, query);
    return children.length === 0 ? [] : [{ ...node, children }];
  });
}

/** The rows of the tree as it stands open, top to bottom. `choices` are what was opened or closed by hand. */
export function visibleNodes(
  nodes: readonly TreeNode[],
  choices: ReadonlyMap<string, boolean>,
  all: boolean,
  level = 1,
  within: ObjectRef | null = null,
): VisibleNode[] {
  return nodes.flatMap((node) => {
    if (node.children.length === 0) return [{ node, level, expanded: undefined, within }];
    const expanded = choices.get(node.id) ?? (all || startsExpanded(node, level));
    return [{ node, level, expanded, within }, ...(expanded ? visibleNodes(node.children, choices, all, level + 1, node.object) : [])];
  });
}

/** Everything that can be opened. */
export function branchIds(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap(({ id, children }) => (children.length === 0 ? [] : [id, ...branchIds(children)]));
}
