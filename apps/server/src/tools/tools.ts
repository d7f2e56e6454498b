import { type AskedCluster, kubernetesTools } from '@quarterdeck/assistant';
import { RecordedCluster } from '@quarterdeck/cluster';
import { AppError } from '@quarterdeck/contract';
import { defineTool, type Tool } from './define-tool.ts';

/** A cluster that nobody asks anything: tools say what they are before one is named. */
const nowhere: AskedCluster = {
  id: 'nowhere',
  access: new RecordedCluster('nowhere', {
    meta: { cluster: 'nowhere', server: null, version: null, takenAt: new Date(0).toISOString(), namespaces: [] },
    ...{ kinds: [], objects: [], coverage: {}, evidence: {}, logs: [] },
  }),
  namespace: null,
  checked: () => Promise.reject(new AppError('NOT_FOUND', 'There is no cluster.')),
};

/** Every tool that reads: the assistant's own, for programs. None of them changes anything. */
export const tools: readonly Tool[] = kubernetesTools(nowhere)
  .filter(({ effect }) => effect === 'read')
  .map(defineTool);
