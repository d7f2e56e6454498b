import { podRoutes } from '@quarterdeck/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { type DebugChoice, firstImage, rememberImage } from './debug-choice.ts';
import { ofCluster, useNodeImages } from './pod-facts.ts';

export interface DebugContainerName {
  namespace: string;
  pod: string;
  container: string;
}

/** What is chosen so far: what the node suggests, until somebody says otherwise. */
export function useDebugChoice(cluster: string, node: string | null) {
  const images = useNodeImages(cluster, node);
  const [chosen, setChoice] = useState<DebugChoice | null>(null);
  return { images, choice: chosen ?? { image: firstImage(images), profile: 'general' as const }, setChoice };
}

/** Puts a debug container beside `target` and waits until it runs. */
export function useDebugPod(cluster: string, place: { namespace: string; pod: string }, onStarted: (added: DebugContainerName) => void) {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ target, ...choice }: DebugChoice & { target: string }) =>
      api.call(podRoutes.debugPod, { ...ofCluster(cluster), ...place, target, ...choice }),
    onSuccess(added, { image }) {
      rememberImage(image);
      void queries.invalidateQueries({ queryKey: ['object', cluster, 'Pod', place.namespace, place.pod] });
      onStarted(added);
    },
  });
}

/** Starts a pod on a node that sees the node, and waits until it runs. */
export function useDebugNode(cluster: string, node: string, onStarted: (added: DebugContainerName) => void) {
  const { api } = useServices();
  return useMutation({
    mutationFn: (choice: DebugChoice & { namespace: string }) => api.call(podRoutes.debugNode, { ...ofCluster(cluster), node, ...choice }),
    onSuccess(added, { image }) {
      rememberImage(image);
      onStarted(added);
    },
  });
}
