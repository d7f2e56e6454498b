import { type RouteCall, routes } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const key = ['administration'];

export function useUsers() {
  const { api } = useServices();
  return useQuery({ queryKey: [...key, 'users'], queryFn: ({ signal }) => api.call(routes.listUsers, {}, { signal }) });
}

export function useRoles() {
  const { api } = useServices();
  return useQuery({ queryKey: [...key, 'roles'], queryFn: ({ signal }) => api.call(routes.listRoles, {}, { signal }) });
}

/** Something that an administrator does; whatever it changed is read anew. */
function useDone<Input, Output>(call: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: key });
      await queries.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

export function useCreateUser() {
  const { api } = useServices();
  return useDone((input: RouteCall<typeof routes.createUser>) => api.call(routes.createUser, input));
}

export function useUpdateUser() {
  const { api } = useServices();
  return useDone((input: RouteCall<typeof routes.updateUser>) => api.call(routes.updateUser, input));
}

export function useResetPassword() {
  const { api } = useServices();
  return useDone((id: string) => api.call(routes.resetPassword, { id }));
}

export function useEndUserSessions() {
  const { api } = useServices();
  return useDone((id: string) => api.call(routes.endUserSessions, { id }));
}

export function useRemoveMember() {
  const { api } = useServices();
  return useDone((id: string) => api.call(routes.removeMember, { id }));
}

export function useSetPolicy() {
  const { api } = useServices();
  return useDone((input: RouteCall<typeof routes.setAccessPolicy>) => api.call(routes.setAccessPolicy, input));
}

export function useSaveRole() {
  const { api } = useServices();
  return useDone(({ id, ...input }: RouteCall<typeof routes.createRole> & { id: string | null }) =>
    id === null ? api.call(routes.createRole, input) : api.call(routes.replaceRole, { id, ...input }),
  );
}

export function useDeleteRole() {
  const { api } = useServices();
  return useDone((id: string) => api.call(routes.deleteRole, { id }));
}
