import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { Cluster, LoginConsent } from '@quarterdeck/contract';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { ExactText } from './exact-text.tsx';
import type { useLogin } from './use-login.ts';

interface ConsentDialogProps {
  cluster: Cluster;
  consent: LoginConsent;
  allow: ReturnType<typeof useLogin>['allow'];
}

/** Asks for leave for exactly what it shows. The buttons stand at the end of it: who allows has had all of it before their eyes. */
export function ConsentDialog({ cluster, consent, allow }: ConsentDialogProps) {
  const messages = useMessages().logins.consent;
  const { close } = useMessages().common;
  // What is read must not change while it is read; the server refuses it if it did.
  const [shown, setShown] = useState<LoginConsent | null>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [buttons, setButtons] = useState<HTMLElement | null>(null);
  const buttonsShow = useShows(buttons);
  const open = () => {
    allow.reset();
    setShown(consent);
  };
  return (
    <AlertDialog.Root open={shown !== null} onOpenChange={(next) => !next && setShown(null)}>
      <Button look="primary" aria-haspopup="dialog" onClick={open}>
        {messages.see}
      </Button>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={floating.backdrop} />
        <AlertDialog.Popup
          ref={popup}
          initialFocus={popup}
          className={`${floating.popup} fixed top-[6vh] left-1/2 max-h-[88vh] w-[min(44rem,94vw)] -translate-x-1/2 overflow-y-auto p-4`}
        >
          <AlertDialog.Title className="break-words font-medium text-md">{messages.title(cluster.name)}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-soft">{messages.note}</AlertDialog.Description>
          {shown !== null && <Wishes consent={shown} file={cluster.file} />}
          {allow.error !== null && (
            <div className="mt-4">
              <ErrorNotice what={messages.nothingAllowed} error={allow.error} />
            </div>
          )}
          <div ref={setButtons} className="mt-4 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className={buttonStyles.plain}>{allow.error === null ? messages.refuse : close}</AlertDialog.Close>
            <Button
              look="primary"
              disabled={allow.isPending || allow.error !== null}
              onClick={() => shown !== null && allow.mutate(shown, { onSuccess: () => setShown(null) })}
            >
              {allow.isPending ? messages.allowing : messages.allow}
            </Button>
          </div>
          {!buttonsShow && <MoreBelow />}
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** Whether an element is on screen; true while that is unknown. */
function useShows(element: HTMLElement | null): boolean {
  const [shows, setShows] = useState(true);
  useEffect(() => {
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => setShows(entries.at(-1)?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return shows;
}

/** Covers nothing that can't be scrolled into view; who does not see it hears the text to its end. */
function MoreBelow() {
  const { moreBelow } = useMessages().logins.consent;
  return (
    <div aria-hidden="true" className="pointer-events-none sticky -bottom-4 h-0">
      <p className="absolute -inset-x-4 bottom-0 border-t bg-raised px-4 py-1.5 text-soft text-xs">{moreBelow}</p>
    </div>
  );
}

function Wishes({ consent, file }: { consent: LoginConsent; file: string | null }) {
  const messages = useMessages().logins.consent;
  const { command, environment, files, server, proxy, serverChecked } = consent;
  const [program, ...args] = command ?? [];
  return (
    <dl className="mt-3 grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-y-3">
      {file !== null && <Wish name={messages.kubeconfig} texts={[file]} />}
      {program !== undefined && (
        <>
          <Wish name={messages.program} texts={[program]} />
          <Wish name={messages.arguments} texts={args} />
          <Wish name={messages.variables} texts={environment.map(({ name, value }) => ({ text: `${name}=${value ?? ''}`, hidden: value === null }))} />
        </>
      )}
      <Wish name={messages.files} texts={files} />
      <Wish name={messages.server} texts={[server]}>
        {!serverChecked && (
          <p className="mt-1">
            <StatusMark state="high" text={messages.notChecked} />: {messages.notCheckedNote}
          </p>
        )}
      </Wish>
      {proxy !== null && <Wish name={messages.proxy} texts={[proxy]} />}
    </dl>
  );
}

/** `hidden`: the value is a secret that the kubeconfig holds. */
type Wanted = string | { text: string; hidden: boolean };

function Wish({ name, texts, children }: { name: string; texts: readonly Wanted[]; children?: ReactNode }) {
  const { none } = useMessages().logins.consent;
  return (
    <>
      <dt className="pt-1 text-soft">{name}</dt>
      <dd className="min-w-0 pb-2 sm:pb-0">
        {texts.length === 0 && <p className="pt-1">{none}</p>}
        <ol className="flex flex-col gap-1">
          {texts.map((wanted, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an argument is told from its equal by its place alone, and the list never changes.
            <WantedText key={index} wanted={wanted} />
          ))}
        </ol>
        {children}
      </dd>
    </>
  );
}

function WantedText({ wanted }: { wanted: Wanted }) {
  const messages = useMessages().logins.consent;
  const { text, hidden } = typeof wanted === 'string' ? { text: wanted, hidden: false } : wanted;
  return (
    <li className="whitespace-pre-wrap rounded border border-line bg-sunken px-2 py-1 font-mono text-code wrap-anywhere">
      {text === '' ? <span className="font-sans text-soft">{messages.empty}</span> : <ExactText text={text} place="alone" />}
      {hidden && <span className="font-sans text-soft">{messages.hidden}</span>}
    </li>
  );
}
