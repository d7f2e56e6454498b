import { adminRoutes, type RouteCall } from '@quarterdeck/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useServices } from '../../app/services.ts';

const key = ['administration'];

export function useUsers() {
  const { api } = useServices();
  return useQuery({ queryKey: [...key, 'users'], queryFn: ({ signal }) => api.call(adminRoutes.listUsers, {}, { signal }) });
}

export function useRoles() {
  const { api } = useServices();
  return useQuery({ queryKey: [...key, 'roles'], queryFn: ({ signal }) => api.call(adminRoutes.listRoles, {}, { signal }) });
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
  return useDone((input: RouteCall<typeof adminRoutes.createUser>) => api.call(adminRoutes.createUser, input));
}

export function useUpdateUser() {
  const { api } = useServices();
  return useDone((input: RouteCall<typeof adminRoutes.updateUser>) => api.call(adminRoutes.updateUser, input));
}

export function useResetPassword() {
  const { api } = useServices();
  return useDone((id: string) => api.call(adminRoutes.resetPassword, { id }));
}

export function useEndUserSessions() {
  const { api } = useServices();
  return useDone((id: string) => api.call(adminRoutes.endUserSessions, { id }));
}

export function useRemoveMember() {
  const { api } = useServices();
  return useDone((id: string) => api.call(adminRoutes.removeMember, { id }));
}

export function useSetPolicy() {
  const { api } = useServices();
  return useDone((input: RouteCall<typeof adminRoutes.setAccessPolicy>) => api.call(adminRoutes.setAccessPolicy, input));
}

export function useSaveRole() {
  const { api } = useServices();
  return useDone(({ id, ...input }: RouteCall<typeof adminRoutes.createRole> & { id: string | null }) =>
    id === null ? api.call(adminRoutes.createRole, input) : api.call(adminRoutes.replaceRole, { id, ...input }),
  );
}

export function useDeleteRole() {
  const { api } = useServices();
  return useDone((id: string) => api.call(adminRoutes.deleteRole, { id }));
}
