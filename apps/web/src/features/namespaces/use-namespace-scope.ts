import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { parseNamespaces } from '../../app/search.ts';
import { useMessages } from '../../messages/language.ts';

/** The namespaces that the page is limited to, as the URL says; none means all. */
export function useNamespaceScope() {
  const ns = useSearch({ strict: false, select: (search) => search.ns });
  const navigate = useNavigate();
  const namespaces = useMemo(() => parseNamespaces(ns), [ns]);
  const setNamespaces = (names: readonly string[]) =>
    navigate({ to: '.', search: (before) => ({ ...before, ns: names.length === 0 ? undefined : names.join(',') }), replace: true });
  return { namespaces, setNamespaces };
}

/** How the chosen namespaces are called: `all namespaces`, `shop`, `shop and 2 more`. */
export function useScopeLabel(): (namespaces: readonly string[]) => string {
  const messages = useMessages().namespaces;
  return ([first, ...rest]) => {
    if (first === undefined) return messages.all;
    return rest.length === 0 ? first : messages.several(first, rest.length);
  };
}
