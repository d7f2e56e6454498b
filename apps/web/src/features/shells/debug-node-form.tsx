import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';
import { useDock } from '../dock/use-dock.tsx';
import { FormDialog } from '../object-actions/form-dialog.tsx';
import type { ActionFormProps } from '../object-actions/object-action.ts';
import { DebugFields } from './debug-fields.tsx';
import { shellTab } from './shell-tab.ts';
import { useDebugChoice, useDebugNode } from './use-debug.ts';

/** A pod on a node; what it may do there is said before it is started. */
export function DebugNodeForm({ targets: [target], onCancel }: ActionFormProps) {
  const messages = useMessages().shells;
  const dock = useDock();
  const cluster = useClusterScope().cluster ?? '';
  const node = target?.object.name ?? '';
  const { images, choice, setChoice } = useDebugChoice(cluster, node);
  const [namespace, setNamespace] = useState('default');
  const debug = useDebugNode(cluster, node, (added) => {
    dock.open(shellTab, { mode: 'attach', ...added, node }, cluster);
    onCancel();
  });
  return (
    <FormDialog
      title={messages.debugTitle(node)}
      submit={debug.isPending ? messages.starting : messages.startDebug}
      ready={!debug.isPending && choice.image !== '' && namespace !== ''}
      onSubmit={() => debug.mutate({ ...choice, namespace })}
      onCancel={onCancel}
    >
      <div className="rounded border border-line p-3">
        <StatusMark state="high" text={messages.nodeWarning} />
        <p className="mt-1 text-soft">{messages.nodeAccess[choice.profile]}</p>
      </div>
      <DebugFields choice={choice} images={images} nameOf={(profile) => profile} onChange={setChoice} />
      <Field label={messages.namespace} required value={namespace} spellCheck={false} onChange={(event) => setNamespace(event.target.value)} />
      <p className="text-soft text-xs">{messages.nodePodGoes}</p>
      {debug.error !== null && <ErrorNotice what={messages.notStarted} error={debug.error} />}
    </FormDialog>
  );
}
