import { editRoutes, type WrittenManifest } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useServices } from '../../app/services.ts';
import { useClusterScope } from '../clusters/clusters.tsx';

export interface WritingWish {
  /** What was said so far, a sentence or more each time. */
  said: readonly string[];
  model: boolean;
}

/** Manifests from words; stopping gives the question up. */
export function useWritten(namespace: string, onWritten: (written: WrittenManifest, wish: WritingWish) => void) {
  const { api } = useServices();
  const scope = useClusterScope();
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const write = useMutation({
    mutationFn: ({ said, model }: WritingWish) => {
      const leaving = new AbortController();
      asking.current = leaving;
      return api.call(editRoutes.writeManifest, { ...scope, namespace, model, description: described(said) }, { signal: leaving.signal });
    },
    onSuccess: onWritten,
  });
  return { ...write, stop: () => asking.current?.abort() };
}

/** What is said later is said of what was said before. */
export function described(said: readonly string[]): string {
  return said.map((each) => each.trim().replace(/[.;,]+$/, '')).join('; ');
}
