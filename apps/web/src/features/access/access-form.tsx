import { groupOf } from '@quarterdeck/contract';
import { useId, useState } from 'react';
import type { AccessSearch } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useKinds, useNamespaceNames } from '../clusters/use-kinds.ts';
import { commonVerbs } from './access-question.ts';

interface AccessFormProps {
  initial: AccessSearch;
  onAsk(question: AccessSearch): void;
}

/** A right in four fields: verb, resource as kubectl writes it (`deployments.apps`, `pods/log`), namespace and name. */
export function AccessForm({ initial, onAsk }: AccessFormProps) {
  const messages = useMessages().access;
  const { kinds } = useKinds();
  const { names } = useNamespaceNames();
  const id = useId();
  const [verb, setVerb] = useState(initial.verb ?? 'get');
  const [resource, setResource] = useState(writtenResource(initial));
  const [namespace, setNamespace] = useState(initial.namespace ?? '');
  const [name, setName] = useState(initial.name ?? '');
  const submit = () => onAsk({ verb: verb.trim(), ...readResource(resource), namespace: namespace.trim() || undefined, name: name.trim() || undefined });
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={messages.verb} list={`${id}-verbs`} value={verb} required onChange={(event) => setVerb(event.target.value)} className="w-28" />
      <Field
        label={messages.resource}
        list={`${id}-resources`}
        value={resource}
        required
        placeholder="deployments.apps"
        onChange={(event) => setResource(event.target.value)}
        className="w-64"
      />
      <Field
        label={messages.namespace}
        list={`${id}-namespaces`}
        value={namespace}
        placeholder={messages.allNamespaces}
        onChange={(event) => setNamespace(event.target.value)}
        className="w-44"
      />
      <Field label={messages.name} value={name} placeholder={messages.anyName} onChange={(event) => setName(event.target.value)} className="w-44" />
      <Button type="submit" look="primary" className="h-8">
        {messages.ask}
      </Button>
      <Suggestions id={`${id}-verbs`} values={commonVerbs} />
      <Suggestions id={`${id}-resources`} values={kinds.map(({ apiVersion, plural }) => written(plural, groupOf(apiVersion)))} />
      <Suggestions id={`${id}-namespaces`} values={names} />
    </form>
  );
}

function Suggestions({ id, values }: { id: string; values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}

function written(resource: string, group: string): string {
  const [plural = '', ...rest] = resource.split('/');
  return [group === '' ? plural : `${plural}.${group}`, ...rest].join('/');
}

function writtenResource({ resource, group = '' }: AccessSearch): string {
  return resource === undefined ? '' : written(resource, group);
}

/** `deployments.apps/scale` → the resource `deployments/scale` of the group `apps`. */
function readResource(text: string): Pick<AccessSearch, 'resource' | 'group'> {
  const [named = '', ...subresource] = text.trim().split('/');
  const [plural = '', ...group] = named.split('.');
  return { resource: [plural, ...subresource].join('/'), group: group.join('.') || undefined };
}
