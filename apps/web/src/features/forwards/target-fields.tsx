import { useMessages } from '../../messages/language.ts';
import { Choice, Field } from '../../ui/field.tsx';

/** What a forward leads to, as somebody names it. */
export interface ForwardTarget {
  namespace: string;
  /** `labels`: whatever pods have the labels in `name`. */
  kind: 'Pod' | 'Service' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'labels';
  name: string;
}

export const targetKinds = ['Service', 'Deployment', 'StatefulSet', 'DaemonSet', 'Pod', 'labels'] as const;

interface TargetFieldsProps {
  target: ForwardTarget;
  namespaces: readonly string[];
  onChange(target: ForwardTarget): void;
}

/** A target by its name, or by labels. */
export function TargetFields({ target, namespaces, onChange }: TargetFieldsProps) {
  const messages = useMessages().forwards;
  const byLabels = target.kind === 'labels';
  return (
    <>
      <Field
        label={messages.namespace}
        required
        list="forward-namespaces"
        value={target.namespace}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...target, namespace: event.target.value.trim() })}
      />
      <datalist id="forward-namespaces">
        {namespaces.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Choice
        label={messages.kind}
        value={target.kind}
        options={targetKinds.map((kind) => ({ value: kind, label: kind === 'labels' ? messages.byLabels : kind }))}
        onChange={(event) => onChange({ ...target, kind: targetKinds.find((kind) => kind === event.target.value) ?? target.kind })}
      />
      <Field
        label={byLabels ? messages.labels : messages.name}
        required
        value={target.name}
        placeholder={byLabels ? 'app=web' : ''}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange({ ...target, name: event.target.value })}
      />
    </>
  );
}
