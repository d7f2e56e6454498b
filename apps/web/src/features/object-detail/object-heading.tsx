import { descriptorFor, type KubeObject, type ObjectRef } from '@quarterdeck/contract';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Middle } from '../../ui/middle.tsx';
import { useNow } from '../../ui/now.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { Explained } from '../explain/explained.tsx';
import type { ActionTarget } from '../object-actions/object-action.ts';
import { ObjectMenuButton } from '../object-actions/object-menu.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { OwnerChain } from './owner-chain.tsx';
import type { OpenObject } from './use-open-object.ts';

interface HeadingProps {
  object: ObjectRef;
  open: OpenObject;
  /** The heading's level: a drawer stands on a page that has its own. */
  level: 'h1' | 'h2';
}

/** What an object is called, where it is, how it is and whose it is. */
export function ObjectHeading({ object, open, level: Level }: HeadingProps) {
  const { known, presence } = open;
  return (
    <div className="min-w-0">
      <p className="truncate text-soft text-xs">{object.namespace === null ? object.kind : `${object.kind} · ${object.namespace}`}</p>
      <div className="flex min-w-0 items-center gap-1">
        <Level className="min-w-0 font-medium text-md">
          <Middle text={object.name} />
        </Level>
        <CopyName name={object.name} />
      </div>
      <p className="mt-0.5 flex min-h-5 min-w-0 flex-wrap items-center gap-x-3">
        {known !== null && <HealthOf known={known} deleted={presence === 'deleted'} />}
        {known?.metadata.creationTimestamp !== undefined && (
          <span className="text-soft text-xs">
            <Age at={known.metadata.creationTimestamp} />
          </span>
        )}
        {known !== null && <OwnerChain object={object} known={known} />}
      </p>
    </div>
  );
}

function CopyName({ name }: { name: string }) {
  return <CopyButton text={name} label={useMessages().objectDetail.copyName} />;
}

function HealthOf({ known, deleted }: { known: KubeObject; deleted: boolean }) {
  const messages = useMessages().objectDetail;
  const now = useNow(5_000);
  if (deleted) return <StatusMark state="missing" text={messages.deletedState} />;
  const { state, text } = descriptorFor(known.apiVersion, known.kind).health(known, now);
  // A ConfigMap is there, and that is all there is to say of how it is.
  if (text === '' && (state === 'healthy' || state === 'unknown')) return null;
  const mark = <StatusMark state={state} text={text} />;
  // A word of Kubernetes, and not a sentence of ours.
  if (!/^[A-Z][A-Za-z]+$/.test(text)) return mark;
  return (
    <Explained as="reason" what={text}>
      {mark}
    </Explained>
  );
}

/** What one is most likely to do next, as buttons; the menu has the rest. */
const mainActions = ['logs', 'shell', 'edit', 'scale', 'restart'];
const mostButtons = 3;

/** Keys that open an object mean something else where it is open. */
const taken = new Set(['Enter', 'd']);

export function HeadingActions({ object, open: { known, presence } }: { object: ObjectRef; open: OpenObject }) {
  const messages = useMessages();
  const actions = useObjectActions();
  const state = known === null ? undefined : descriptorFor(known.apiVersion, known.kind).health(known, Date.now()).state;
  const targets: ActionTarget[] = [{ object, ...(state === undefined ? {} : { state }) }];
  const offered = actions.of(targets);
  // Of what is not there, or not known yet, the menu is enough.
  const main = presence !== 'there' ? [] : mainActions.flatMap((id) => offered.find((action) => action.id === id) ?? []).slice(0, mostButtons);
  useCommands(
    offered.map((action) => ({
      id: `open-object:${action.id}`,
      label: action.label(messages, 1),
      group: 'here' as const,
      keywords: [object.kind, object.name],
      shortcuts: action.shortcuts.filter((shortcut) => !taken.has(shortcut)),
      when: always,
      run: () => actions.run(action, targets),
    })),
  );
  return (
    <>
      {main.map((action) => (
        <Button
          key={action.id}
          look="quiet"
          className="max-sm:hidden"
          title={action.label(messages, 1)}
          aria-label={action.label(messages, 1)}
          onClick={() => actions.run(action, targets)}
        >
          <action.icon />
          <span className="max-lg:hidden">{action.label(messages, 1)}</span>
        </Button>
      ))}
      <ObjectMenuButton targets={targets} />
    </>
  );
}
