import type { AccessPolicy } from '@quarterdeck/contract';
import { type Messages, useMessages } from '../../messages/language.ts';

type Words = Messages['administration']['policy'];

const shown = 4;

function listed(names: readonly string[], about: 'kinds' | 'namespaces', words: Words): string {
  if (names.includes('*')) return words.all[about];
  if (names.length === 0) return words.none[about];
  const rest = names.length - shown;
  const first = names.slice(0, shown).join(', ');
  return rest > 0 ? words.andMore(first, rest) : first;
}

/** What somebody may know of, in words; `null` is no restriction. */
export function policyText(policy: AccessPolicy | null, words: Words): string {
  if (policy === null || (policy.namespaces.includes('*') && policy.kinds.includes('*'))) return words.everything;
  return words.kindsIn(listed(policy.kinds, 'kinds', words), listed(policy.namespaces, 'namespaces', words));
}

export function PolicyText({ policy }: { policy: AccessPolicy | null }) {
  const { policy: words } = useMessages().administration;
  const names = policy === null ? [] : [...policy.kinds, ...policy.namespaces];
  return <span title={names.join(', ')}>{policyText(policy, words)}</span>;
}
