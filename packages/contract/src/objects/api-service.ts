import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';

/** apiregistration.k8s.io/v1, of which there are no published types: one group and version, and the Service that serves it. */
export interface ApiService {
  metadata?: ObjectMeta;
  spec?: {
    group?: string;
    version?: string;
    /** Left out for what the API server serves itself. */
    service?: { namespace?: string; name?: string; port?: number };
    insecureSkipTLSVerify?: boolean;
    caBundle?: string;
  };
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string; lastTransitionTime?: string }[] };
}
