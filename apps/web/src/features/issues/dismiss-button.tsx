import { Popover } from '@base-ui/react/popover';
import { type AppError, issueRoutes, toAppError } from '@quarterdeck/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { PopoverButton } from '../../ui/popover-button.tsx';
import { useClusterScope } from '../clusters/clusters.tsx';

/** Puts an issue aside, with a reason for who comes next. */
export function DismissButton({ issueId, onDone }: { issueId: string; onDone(): void }) {
  const messages = useMessages().issues;
  const [open, setOpen] = useState(false);
  const dismiss = useDismiss(issueId, () => {
    setOpen(false);
    onDone();
  });
  return (
    <PopoverButton face={messages.dismiss} look={buttonStyles.plain} align="end" panel="w-80 max-w-[94vw] p-3" open={open} onOpenChange={setOpen}>
      <Popover.Title className="font-medium">{messages.dismissTitle}</Popover.Title>
      <Popover.Description className="mt-1 text-soft">{messages.dismissNote}</Popover.Description>
      <ReasonForm pending={dismiss.isPending} error={dismiss.error === null ? null : toAppError(dismiss.error)} onSubmit={dismiss.mutate} />
    </PopoverButton>
  );
}

function ReasonForm({ pending, error, onSubmit }: { pending: boolean; error: AppError | null; onSubmit(reason: string): void }) {
  const messages = useMessages().issues;
  const [reason, setReason] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(reason.trim());
      }}
    >
      <label className="mt-3 block">
        <span className="text-soft text-xs">{messages.reason}</span>
        <textarea
          rows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={messages.reasonExample}
          className="mt-1 w-full resize-none rounded border border-line bg-surface px-2 py-1.5 placeholder:text-soft"
        />
      </label>
      {error !== null && <p className="mt-1 text-critical">{error.message}</p>}
      <Button type="submit" look="primary" disabled={pending} className="mt-2">
        {messages.dismissIssue}
      </Button>
    </form>
  );
}

function useDismiss(issueId: string, onSuccess: () => void) {
  const { api } = useServices();
  const scope = useClusterScope();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => api.call(issueRoutes.dismissIssue, { ...scope, id: issueId, reason }),
    onSuccess: async () => {
      onSuccess();
      await queries.invalidateQueries({ queryKey: ['dismissed', scope.cluster] });
      await queries.invalidateQueries({ queryKey: ['issue', scope.cluster, issueId] });
    },
  });
}
