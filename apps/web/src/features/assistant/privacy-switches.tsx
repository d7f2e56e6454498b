import { type AssistantPrivacy, assistantRoutes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Tick } from '../../ui/field.tsx';

const switches = ['sendClusterMetadata', 'sendResourceNames', 'sendPodNames', 'sendLogs'] as const;
const key = ['assistant privacy'];

/** What may leave for a model, as this person wants it. What is previewed follows at once. */
export function PrivacySwitches() {
  const messages = useMessages().assistant;
  const { api } = useServices();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.call(assistantRoutes.getPrivacy, {}, { signal }) });
  const change = useMutation({
    mutationFn: (privacy: AssistantPrivacy) => api.call(assistantRoutes.setPrivacy, privacy),
    onSuccess: (privacy) => {
      queries.setQueryData(key, privacy);
      return queries.invalidateQueries({ queryKey: ['context preview'] });
    },
  });
  const failed = error ?? change.error;
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-soft text-xs">{messages.may}</legend>
      {switches.map((name) => (
        <Tick
          key={name}
          label={messages.switches[name]}
          checked={(change.isPending ? change.variables[name] : data?.[name]) ?? false}
          disabled={data === undefined || change.isPending}
          onChange={(event) => data !== undefined && change.mutate({ ...data, [name]: event.target.checked })}
        />
      ))}
      <p className="text-soft text-xs">{messages.secretsNever}</p>
      {failed !== null && <ErrorNotice what={messages.failed} error={failed} onRetry={() => void refetch()} />}
    </fieldset>
  );
}
