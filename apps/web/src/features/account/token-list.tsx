import { Dialog } from '@base-ui/react/dialog';
import type { PersonalToken } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { Age, Moment } from '../../ui/time.tsx';
import { TokenForm } from './token-form.tsx';
import { useTokens } from './use-account.ts';

/** Tokens for programs: made here, told once, ended here. */
export function TokenList() {
  const messages = useMessages().account;
  const { tokens, create, revoke } = useTokens();
  const [open, setOpen] = useState(false);
  return (
    <section aria-labelledby="tokens-title">
      <div className="mb-2 flex items-center gap-3">
        <h2 id="tokens-title" className="grow font-medium text-md">
          {messages.tokens}
        </h2>
        <Dialog.Root
          open={open}
          onOpenChange={(next) => {
            create.reset();
            setOpen(next);
          }}
        >
          <Dialog.Trigger className={buttonStyles.plain}>{messages.newToken}</Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Backdrop className={floating.backdrop} />
            <Dialog.Popup className={`${floating.popup} fixed top-[8vh] left-1/2 max-h-[84vh] w-[min(36rem,94vw)] -translate-x-1/2 overflow-y-auto p-4`}>
              <Dialog.Title className="font-medium text-md">
                {create.data === undefined ? messages.newToken : messages.madeToken(create.data.name)}
              </Dialog.Title>
              {create.data === undefined ? <TokenForm create={create} /> : <NewToken token={create.data.token} />}
            </Dialog.Popup>
          </Dialog.Portal>
        </Dialog.Root>
      </div>
      {tokens.error !== null && <ErrorNotice what={messages.tokensNotRead} error={tokens.error} onRetry={() => tokens.refetch()} />}
      {revoke.error !== null && <ErrorNotice what={messages.notRevoked} error={revoke.error} />}
      {tokens.data?.length === 0 && <p className="text-soft">{messages.noTokens}</p>}
      <ul>
        {tokens.data?.map((token) => (
          <TokenEntry key={token.id} token={token} busy={revoke.isPending} onRevoke={() => revoke.mutate(token.id)} />
        ))}
      </ul>
    </section>
  );
}

function NewToken({ token }: { token: string }) {
  const messages = useMessages().account;
  return (
    <div className="mt-3 flex flex-col gap-3">
      <p>{messages.copyNow}</p>
      <CodeBlock code={token} label={messages.copyToken} />
      <Dialog.Close className={`${buttonStyles.primary} self-end`}>{messages.done}</Dialog.Close>
    </div>
  );
}

function TokenEntry({ token, busy, onRevoke }: { token: PersonalToken; busy: boolean; onRevoke(): void }) {
  const messages = useMessages().account;
  return (
    <li className="flex items-start gap-3 border-t py-2">
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          {token.name} <span className="font-mono font-normal text-code text-soft">{token.hint}…</span>
        </p>
        <p className="break-words text-soft text-xs">
          {token.lastUsedAt === null ? messages.neverUsed : messages.used.before}
          {token.lastUsedAt !== null && <Age at={token.lastUsedAt} />}
          {token.lastUsedAt !== null && messages.used.after} · {messages.ends} <Moment at={token.expiresAt} /> · {token.scopes.join(', ')}
        </p>
      </div>
      <Button disabled={busy} onClick={onRevoke} aria-label={messages.revokeName(token.name)}>
        {messages.revoke}
      </Button>
    </li>
  );
}
