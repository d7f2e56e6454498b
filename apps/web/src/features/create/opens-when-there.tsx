import { useEffect, useRef } from 'react';
import { useOpenObject } from '../object-detail/use-open-object.ts';
import type { ObjectAddress } from '../objects/object-key.ts';

interface OpensWhenThereProps {
  address: ObjectAddress;
  onThere(): void;
}

/** Waits until an object is there that was not, or is another one than when the waiting began. */
export function OpensWhenThere({ address, onThere }: OpensWhenThereProps) {
  const { presence, known } = useOpenObject(address);
  const version = presence === 'there' ? (known?.metadata.generation ?? known?.metadata.resourceVersion ?? null) : null;
  const before = useRef<number | string | null | undefined>(undefined);
  useEffect(() => {
    if (presence === 'reading') return;
    if (before.current === undefined) before.current = version;
    else if (version !== null && version !== before.current) onThere();
  }, [presence, version, onThere]);
  return null;
}
