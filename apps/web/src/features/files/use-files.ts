import { podRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { ofCluster } from '../shells/pod-facts.ts';
import type { FileSubject } from './file-subject.ts';

/** What the routes take for something in the container. */
export function placeOf(cluster: string, { namespace, pod, container, via }: FileSubject, path: string) {
  return {
    ...ofCluster(cluster),
    ...{ namespace, pod, path },
    ...(container === undefined ? {} : { container }),
    ...(via === undefined ? {} : { via }),
  };
}

/** What is in the folder of the tab. It is read when somebody looks, and not by itself. */
export function useFiles(cluster: string, subject: FileSubject, wanted: boolean) {
  const { api } = useServices();
  const place = placeOf(cluster, subject, subject.path);
  return useQuery({
    queryKey: ['files', place],
    queryFn: ({ signal }) => api.call(podRoutes.listFiles, place, { signal }),
    enabled: wanted,
    staleTime: 10_000,
    retry: false,
  });
}
