import type { EvidenceRequest } from '@quarterdeck/cluster';
import { refLabel, refTo } from '@quarterdeck/contract';

/** A question as people say it: `log of container app in Pod shop/api-1`. */
export function questionLabel(request: EvidenceRequest): string {
  switch (request.need) {
    case 'log':
      return `${request.previous ? 'previous log' : 'log'} of container ${request.container} in ${refLabel(refTo('Pod', request.namespace, request.pod))}`;
    case 'secretShape':
      return `shape of ${refLabel(refTo('Secret', request.namespace, request.name))}`;
    case 'certificate':
      return `certificate ${request.key} of ${refLabel(refTo('Secret', request.namespace, request.name))}`;
  }
}
