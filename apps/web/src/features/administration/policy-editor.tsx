import type { AccessPolicy, ResourceKind } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Tick } from '../../ui/field.tsx';
import { NameList } from '../../ui/name-list.tsx';
import { useKinds, useNamespaceNames } from '../clusters/use-kinds.ts';
import { kindName } from '../objects/object-key.ts';
import { policyText } from './policy-text.tsx';

interface PolicyEditorProps {
  /** Null for no restriction. */
  policy: AccessPolicy | null;
  onChange(policy: AccessPolicy | null): void;
}

const nothingYet: AccessPolicy = { namespaces: ['*'], kinds: ['*'] };

/** What part of the clusters somebody may know of; names are completed from the cluster that is selected. */
export function PolicyEditor({ policy, onChange }: PolicyEditorProps) {
  const { administration } = useMessages();
  const words = administration.policy;
  const { kinds } = useKinds();
  const { names } = useNamespaceNames();
  return (
    <fieldset className="flex flex-col gap-3 rounded border border-line p-3">
      <legend className="px-1 text-soft text-xs">{administration.sees}</legend>
      <Tick label={words.onlyPart} checked={policy !== null} onChange={() => onChange(policy === null ? nothingYet : null)} />
      {policy !== null && (
        <>
          <Part
            all={words.allNamespaces}
            label={words.namespaces}
            names={policy.namespaces}
            known={names}
            onChange={(namespaces) => onChange({ ...policy, namespaces: [...namespaces] })}
          />
          <Part
            all={words.allKinds}
            label={words.kinds}
            names={policy.kinds}
            known={[...new Set(kinds.map(policyKind))].toSorted()}
            onChange={(next) => onChange({ ...policy, kinds: [...next] })}
          />
        </>
      )}
      <p className="text-soft" aria-live="polite">
        {words.sees(policyText(policy, words))}
      </p>
    </fieldset>
  );
}

/** As policies name it: the group only where the kind is somebody's own. */
function policyKind(kind: ResourceKind): string {
  return kind.group === 'custom' ? kindName(kind) : kind.kind;
}

interface PartProps {
  all: string;
  label: string;
  names: readonly string[];
  known: readonly string[];
  onChange(names: readonly string[]): void;
}

function Part({ all, label, names, known, onChange }: PartProps) {
  const isAll = names.includes('*');
  return (
    <div className="flex flex-col gap-2">
      <Tick label={all} checked={isAll} onChange={() => onChange(isAll ? [] : ['*'])} />
      {!isAll && <NameList label={label} names={names} known={known} onChange={onChange} />}
    </div>
  );
}
