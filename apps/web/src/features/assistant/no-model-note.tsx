import { assistantRoutes } from '@quarterdeck/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useServices } from '../../app/services.ts';
import { useMessages } from '../../messages/language.ts';
import { useMay } from '../session/session.tsx';

/** What the assistant is without a model, and the one step to have one. Nothing where there is one. */
export function NoModelNote() {
  const messages = useMessages().assistant;
  const { api } = useServices();
  const mayManage = useMay('ai:manage');
  const { data } = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => api.call(assistantRoutes.listModels, {}, { signal }) });
  if (data === undefined || data.models.some(({ id }) => id !== 'offline')) return null;
  return (
    <p className="text-soft">
      {messages.noModel}{' '}
      {mayManage && (
        <Link to="/ai/providers" search={{}} className="rounded-sm text-accent hover:underline">
          {messages.addModel}
        </Link>
      )}
    </p>
  );
}
