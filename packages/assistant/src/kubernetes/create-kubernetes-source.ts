import type { ContextSource } from '../sources/context-source.ts';
import type { AssistantTool } from '../tools/assistant-tool.ts';
import type { AskedCluster } from './asked-cluster.ts';
import { focusObject } from './focus-object.ts';
import { takeFocusSnapshot } from './focus-snapshot.ts';
import { knownNames } from './known-names.ts';
import { knownSecrets } from './known-secrets.ts';
import { snapshotSections } from './snapshot-sections.ts';
import { suggestedPromptsFor } from './suggested-prompts.ts';

export interface KubernetesSourceParts {
  cluster: AskedCluster;
  tools: readonly AssistantTool[];
  /** The answers that need no model. */
  answer: ContextSource['answer'];
}

/** A cluster, as one person sees it, for the assistant: from the live index and the diagnosis, not from what kubectl prints. */
export function createKubernetesSource({ cluster, tools, answer }: KubernetesSourceParts): ContextSource {
  return {
    id: 'kubernetes',
    name: 'Kubernetes',
    tools,
    answer,
    summarise: async (focus, signal) => snapshotSections(await takeFocusSnapshot(cluster, focus, signal)),
    names: async (signal) => knownNames(cluster, (await cluster.checked(signal)).view),
    secrets: async (focus, signal) => knownSecrets((await cluster.checked(signal)).view, focus.object?.namespace ?? focus.namespace ?? cluster.namespace),
    async suggestedPrompts(focus, signal) {
      const checked = await cluster.checked(signal);
      const object = await focusObject(cluster, checked, focus, signal);
      return suggestedPromptsFor(checked, focus, object?.ref ?? null);
    },
  };
}
