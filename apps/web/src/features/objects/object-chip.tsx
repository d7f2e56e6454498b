import type { HealthState, ObjectRef } from '@quarterdeck/contract';
import { Link } from '@tanstack/react-router';
import { useContext } from 'react';
import { Middle } from '../../ui/middle.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ChipShellContext } from './chip-shell.ts';
import { objectKey } from './object-key.ts';

interface ObjectChipProps {
  object: ObjectRef;
  /** Shown in front of the name where it is known. */
  state?: HealthState;
  stateText?: string;
  /** An object that is only referred to can't be opened. */
  exists?: boolean;
  /** Leaves the kind away where a heading says it. */
  bare?: boolean;
  /** Shows the namespace in front of the name. */
  withNamespace?: boolean;
}

const look = 'inline-flex max-w-full min-w-0 items-center gap-1.5 align-bottom';

/** How an object is named everywhere: kind, name, state. Opens the object's drawer over the page; a card on hover says more, a right click what can be done. */
export function ObjectChip(props: ObjectChipProps) {
  const { object, state, stateText, exists = true } = props;
  const Shell = useContext(ChipShellContext);
  if (!exists) {
    return (
      <span className={look}>
        <ChipContent {...props} />
      </span>
    );
  }
  const link = (
    <Link
      to="."
      search={(before) => ({ ...before, open: objectKey(object), section: undefined })}
      className={`${look} rounded-sm hover:text-accent hover:underline`}
    >
      <ChipContent {...props} />
    </Link>
  );
  if (Shell === null) return link;
  return (
    <Shell object={object} state={state} stateText={stateText}>
      {link}
    </Shell>
  );
}

function ChipContent({ object, state, stateText, bare = false, withNamespace = false }: ObjectChipProps) {
  const name = withNamespace && object.namespace !== null ? `${object.namespace}/${object.name}` : object.name;
  return (
    <>
      {state !== undefined && <StatusMark state={state} {...(stateText === undefined ? {} : { text: stateText })} compact />}
      {!bare && <span className="shrink-0 text-soft">{object.kind}</span>}
      <span className="min-w-0 font-mono text-code">
        <Middle text={name} />
      </span>
    </>
  );
}
