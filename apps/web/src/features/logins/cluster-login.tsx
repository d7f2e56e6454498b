import type { Cluster } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { useConnectCluster } from '../clusters/use-select-cluster.ts';
import { ConsentDialog } from './consent-dialog.tsx';
import { ExactText } from './exact-text.tsx';
import { LinkedText, PageLink } from './linked-text.tsx';
import { type LoginView, wishOf } from './login-view.ts';
import { useLogin } from './use-login.ts';

/** In place of a page of a cluster that wants a login and never answered. */
export function LoginPanel({ cluster }: { cluster: Cluster }) {
  const { needed } = useMessages().logins;
  return (
    <div role="status" aria-atomic="false" className="flex flex-col items-start gap-2 rounded border border-line bg-surface p-3">
      <h1 className="max-w-full font-medium">
        <StatusMark state="high" text={needed(cluster.name)} />
      </h1>
      <ClusterLogin cluster={cluster} />
    </div>
  );
}

/** Why a cluster wants a login, and the one thing that helps. Its parts stand in the flow of what is around. */
export function ClusterLogin({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().logins;
  const { view, begin, beginning, allow } = useLogin(cluster);
  switch (view.kind) {
    case 'asking':
      return <Reason cluster={cluster} />;
    case 'retry':
      return (
        <>
          <Reason cluster={cluster} linked />
          <Remedy cluster={cluster} />
          <TryNow cluster={cluster} />
        </>
      );
    case 'program':
      return (
        <>
          <Reason cluster={cluster} linked />
          <Remedy cluster={cluster} />
        </>
      );
    case 'consent':
      return (
        <>
          <p className="min-w-0 break-words">{messages.importedWants(wishOf(view.consent, messages.wishes))}</p>
          <ConsentDialog cluster={cluster} consent={view.consent} allow={allow} />
        </>
      );
    case 'logIn':
      return (
        <>
          {view.failure === null && <Reason cluster={cluster} />}
          <LogIn cluster={cluster} view={view} onBegin={begin} beginning={beginning} />
        </>
      );
    case 'waiting':
      return <Waiting view={view} onBegin={begin} beginning={beginning} />;
  }
}

function Reason({ cluster, linked = false }: { cluster: Cluster; linked?: boolean }) {
  if (cluster.reason === null) return null;
  return (
    <p className="min-w-0 max-w-full break-words">{linked ? <LinkedText text={cluster.reason} /> : <ExactText text={cluster.reason} place="inSentence" />}</p>
  );
}

function Remedy({ cluster }: { cluster: Cluster }) {
  if (cluster.remedy === null) return null;
  return (
    <p className="min-w-0 max-w-full break-words text-soft">
      <LinkedText text={cluster.remedy} />
    </p>
  );
}

function TryNow({ cluster }: { cluster: Cluster }) {
  const messages = useMessages().clusters;
  const { mutate, isPending } = useConnectCluster();
  return (
    <TextButton disabled={isPending} onClick={() => mutate(cluster.id)}>
      {isPending ? messages.trying : messages.tryNow}
    </TextButton>
  );
}

interface BrowserLoginProps<Kind extends LoginView['kind']> {
  view: Extract<LoginView, { kind: Kind }>;
  onBegin(): void;
  beginning: boolean;
}

function LogIn({ cluster, view, onBegin, beginning }: BrowserLoginProps<'logIn'> & { cluster: Cluster }) {
  const messages = useMessages().logins;
  return (
    <>
      {view.failure !== null && (
        <p className="min-w-0 max-w-full break-words">
          <StatusMark state="critical" text={messages.notLoggedIn} />: {view.failure}
        </p>
      )}
      <p className="min-w-0 max-w-full break-words text-soft">{messages.whereAndWho(view.issuer, view.server)}</p>
      <div className="flex items-center gap-x-3">
        <Button look="primary" disabled={beginning} onClick={onBegin}>
          {beginning ? messages.asking : view.failure === null ? messages.logIn : messages.logInAgain}
        </Button>
        <TryNow cluster={cluster} />
      </div>
    </>
  );
}

function Waiting({ view: { issuer, begun }, onBegin, beginning }: BrowserLoginProps<'waiting'>) {
  const messages = useMessages().logins;
  if (begun === null) {
    return (
      <>
        <p className="min-w-0 max-w-full break-words">
          <StatusMark state="pending" text={messages.waiting} /> {messages.waitingElsewhere(issuer)}
        </p>
        <Button disabled={beginning} onClick={onBegin}>
          {beginning ? messages.asking : messages.beginHere}
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="min-w-0 max-w-full break-words">
        <StatusMark state="pending" text={messages.waiting} /> {messages.waitingHere.before(issuer)}
        <Clock at={begun.expiresAt} />
        {messages.waitingHere.after} {begun.opened ? messages.opened : messages.notOpened} {messages.goesOn}
      </p>
      <p className="flex items-center gap-1">
        <PageLink href={begun.url} text={messages.openPage} />
        <CopyButton text={begun.url} label={messages.copyAddress} />
      </p>
    </>
  );
}
