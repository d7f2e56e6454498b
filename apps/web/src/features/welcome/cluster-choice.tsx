import type { Cluster } from '@quarterdeck/contract';
import { FilePlus2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Middle } from '../../ui/middle.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { ConnectionMark } from '../clusters/connection-mark.tsx';
import { useConnectCluster } from '../clusters/use-select-cluster.ts';

const KubeconfigsDialog = lazy(async () => ({ default: (await import('../clusters/kubeconfigs-dialog.tsx')).KubeconfigsDialog }));

/** Every cluster that is known with its state, and the ways to get one. */
export function ClusterChoice() {
  const messages = useMessages().welcome;
  const { all, selected } = useClusters();
  const { mutate } = useConnectCluster();
  const [files, setFiles] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      {all !== null && all.length > 0 && (
        <ul aria-label={messages.clusters} className="max-h-72 overflow-y-auto rounded border bg-surface">
          {all.map((cluster) => (
            <ClusterLine key={cluster.id} cluster={cluster} chosen={cluster.id === selected?.id} onChoose={() => mutate(cluster.id)} />
          ))}
        </ul>
      )}
      {all?.length === 0 && <p>{messages.noCluster}</p>}
      <Button className="self-start" onClick={() => setFiles(true)}>
        <FilePlus2 aria-hidden="true" />
        {messages.addKubeconfig}
      </Button>
      <p className="text-soft">{messages.sandbox}</p>
      <CodeBlock code="qd sandbox up" label={messages.copyCommand} />
      {files && (
        <Suspense>
          <KubeconfigsDialog open onOpenChange={setFiles} />
        </Suspense>
      )}
    </div>
  );
}

function ClusterLine({ cluster, chosen, onChoose }: { cluster: Cluster; chosen: boolean; onChoose(): void }) {
  return (
    <li className="border-line/60 border-b last:border-b-0">
      <label className="flex min-h-9 items-center gap-2 px-3 hover:bg-hover">
        <input type="radio" name="cluster" checked={chosen} onChange={onChoose} className="accent-accent-fill" />
        <span className="min-w-0 grow font-medium">
          <Middle text={cluster.name} />
        </span>
        <ConnectionMark state={cluster.state} />
      </label>
    </li>
  );
}
