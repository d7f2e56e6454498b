import { clusterRoutes } from '@quarterdeck/contract';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useServices } from '../../app/services.ts';

/** Makes a cluster the current one; the page goes to its overview, because nothing else is the same there. */
export function useSelectCluster() {
  const { api } = useServices();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (cluster: string) => api.call(clusterRoutes.selectCluster, { cluster }),
    onMutate: (cluster) => navigate({ to: '/', search: { cluster, ns: undefined } }),
  });
}

/** Connects, or tries again, and stays on the page: a link may lead to any, and a person may have logged in meanwhile. */
export function useConnectCluster() {
  const { api } = useServices();
  return useMutation({ mutationFn: (cluster: string) => api.call(clusterRoutes.selectCluster, { cluster }) });
}
