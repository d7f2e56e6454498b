import { getRouteApi, Link } from '@tanstack/react-router';
import { useMessages } from '../../messages/language.ts';
import { ReleaseView } from './release-view.tsx';

const route = getRouteApi('/cluster/helm/$namespace/$name');

/** A release as a page of its own. */
export function ReleasePage() {
  const messages = useMessages().helm;
  const { namespace, name } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto max-w-[82rem] pb-12">
        <div className="px-4 pt-3">
          <p className="text-soft">
            <Link to="/helm" search={{}} className="hover:text-accent hover:underline">
              {messages.title}
            </Link>{' '}
            / {namespace}
          </p>
          <h1 className="break-words font-semibold text-lg">{name}</h1>
        </div>
        <ReleaseView
          key={`${namespace}/${name}`}
          target={{ namespace, name }}
          tab={tab}
          onTab={(next) => void navigate({ search: (before) => ({ ...before, tab: next }), replace: true })}
          onGone={() => void navigate({ to: '/helm', search: {} })}
        />
      </div>
    </div>
  );
}
