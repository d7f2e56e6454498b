import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { useClusters } from '../clusters/clusters.tsx';
import { useKinds } from '../clusters/use-kinds.ts';
import { kindName, kindSlug, type ObjectAddress, parseObjectKey } from '../objects/object-key.ts';
import { HeadingActions, ObjectHeading } from './object-heading.tsx';
import { ObjectView } from './object-view.tsx';
import { useAddressedObject, useOpenObject } from './use-open-object.ts';

const route = getRouteApi('/cluster/objects/$');

/** An object with the whole page to itself. */
export function ObjectPage() {
  const { _splat: key = '' } = route.useParams();
  const { selected } = useClusters();
  const messages = useMessages().objectDetail;
  const address = parseObjectKey(key);
  if (address === undefined) return <Empty title={messages.noSuchAddress(key)}>{messages.addressForm}</Empty>;
  return <OpenPage key={`${selected?.id ?? ''} ${key}`} objectKey={key} address={address} />;
}

function OpenPage({ objectKey, address }: { objectKey: string; address: ObjectAddress }) {
  const messages = useMessages().objectDetail;
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const open = useOpenObject(address);
  const object = useAddressedObject(address, open.known);
  const back = useWayBack(objectKey, address, view);
  useCommands([
    { id: 'leave-page', label: messages.back, group: 'here', keywords: [], shortcuts: ['Escape'], listed: false, when: ({ drawer }) => !drawer, run: back },
  ]);
  return (
    <article aria-label={`${object.kind} ${object.name}`} className="flex min-h-0 grow flex-col bg-surface">
      <header className="flex shrink-0 items-start gap-2 py-2 pr-2 pl-2">
        <Button look="icon" aria-label={messages.back} title={`${messages.back} (Esc)`} onClick={back}>
          <ArrowLeft />
        </Button>
        <div className="min-w-0 grow">
          <ObjectHeading object={object} open={open} level="h1" />
        </div>
        <HeadingActions object={object} open={open} />
      </header>
      <ObjectView
        address={address}
        object={object}
        open={open}
        section={view}
        onSection={(id) => void navigate({ search: (before) => ({ ...before, view: id }) })}
      />
    </article>
  );
}

/** To the drawer that the page was opened from; from elsewhere, to the drawer over the list of its kind. */
function useWayBack(objectKey: string, { kind }: ObjectAddress, view: string | undefined): () => void {
  const router = useRouter();
  const fromDrawer = useLocation({ select: ({ state }) => state.fromDrawer === true });
  const { kinds } = useKinds();
  return () => {
    if (fromDrawer) return router.history.back();
    const served = kinds.find((each) => kindName(each) === kind);
    const slug = served === undefined ? kind : kindSlug(served, kinds);
    void router.navigate({
      to: '/resources/$kind',
      params: { kind: slug },
      search: (before) => ({ cluster: before.cluster, ns: before.ns, open: objectKey, section: view }),
    });
  };
}
