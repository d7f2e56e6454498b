import type { AccessPolicy } from '@quarterdeck/contract';

const shown = 4;

function listed(names: readonly string[], all: string, none: string): string {
  if (names.includes('*')) return all;
  if (names.length === 0) return none;
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** What somebody may know of, in words; `null` is no restriction. */
export function policyText(policy: AccessPolicy | null): string {
  if (policy === null || (policy.namespaces.includes('*') && policy.kinds.includes('*'))) return 'everything';
  return `${listed(policy.kinds, 'all kinds', 'no kind')} in ${listed(policy.namespaces, 'all namespaces', 'no namespace')}`;
}

export function PolicyText({ policy }: { policy: AccessPolicy | null }) {
  const names = policy === null ? [] : [...policy.kinds, ...policy.namespaces];
  return <span title={names.join(', ')}>{policyText(policy)}</span>;
}
