import { routes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useServices } from '../../app/services.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton, useCopy } from '../../ui/copy-button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Middle } from '../../ui/middle.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { useClusterScope, useClusters } from '../clusters/clusters.tsx';
import { type ObjectAddress, parseObjectKey } from './object-key.ts';
import { ObjectSummary } from './object-summary.tsx';
import { YamlView } from './yaml-view.tsx';

/** The object that the URL's `open` names, over whatever page is shown. */
export function ObjectDrawer() {
  const key = useSearch({ strict: false, select: (search) => search.open });
  const { selected } = useClusters();
  const address = key === undefined ? undefined : parseObjectKey(key);
  if (key === undefined || address === undefined || selected === null) return null;
  return <OpenObject key={key} objectKey={key} address={address} />;
}

function OpenObject({ objectKey: key, address }: { objectKey: string; address: ObjectAddress }) {
  const navigate = useNavigate();
  const object = useObject(address);
  const kind = address.kind.split('.', 1).join('');
  return (
    <SidePanel
      label={`${kind} ${address.name}`}
      onClose={() => navigate({ to: '.', search: (before) => ({ ...before, open: undefined, section: undefined }) })}
      actions={
        <>
          {object.data !== undefined && <CopyYaml yaml={object.data.yaml} />}
          <CopyButton text={address.name} label="Copy name" />
        </>
      }
      title={
        <>
          <p className="truncate text-soft text-xs">{address.namespace === null ? kind : `${kind} in ${address.namespace}`}</p>
          <h2 className="font-medium text-md">
            <Middle text={address.name} />
          </h2>
        </>
      }
    >
      <ObjectSummary objectKey={key} address={address} object={object.data?.object} />
      {object.error !== null && (
        <div className="p-3">
          <ErrorNotice what="The object could not be read" error={object.error} onRetry={() => object.refetch()} />
        </div>
      )}
      {object.isPending && (
        <div className="p-4">
          <SkeletonLines widths={['40%', '30%', '45%', '62%', '38%', '55%', '50%']} />
        </div>
      )}
      {object.data !== undefined && <YamlView yaml={object.data.yaml} />}
    </SidePanel>
  );
}

function useObject(address: ObjectAddress) {
  const { api } = useServices();
  const scope = useClusterScope();
  const { kind, namespace, name } = address;
  return useQuery({
    queryKey: ['object', scope.cluster, kind, namespace, name],
    queryFn: ({ signal }) => api.call(routes.getResource, { ...scope, kind, name, ...(namespace === null ? {} : { namespace }) }, { signal }),
    staleTime: 5_000,
  });
}

function CopyYaml({ yaml }: { yaml: string }) {
  const { copied, copy } = useCopy();
  return (
    <Button look="quiet" onClick={() => copy(yaml)}>
      {copied ? 'Copied' : 'Copy YAML'}
    </Button>
  );
}
