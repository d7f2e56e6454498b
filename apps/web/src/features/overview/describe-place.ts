import type { Issue, ResourceKind } from '@quarterdeck/contract';
import type { Messages } from '../../messages/language.ts';
import { pages } from '../navigation/pages.ts';
import { kindOfSlug, parseObjectKey, pluralLabel } from '../objects/object-key.ts';
import type { Place } from './places.ts';

interface PlaceContext {
  messages: Messages;
  kinds: readonly ResourceKind[];
  issues: readonly Pick<Issue, 'id' | 'title'>[];
}

/** Words of the query that make a page another one; the rest says how it is looked at. */
const telling = ['q', 'severity', 'group', 'view', 'ns', 'type'];

/** The page that an address shows, with a name for it; null for what is no place to come back to, or has no name yet. */
export function describePlace(href: string, context: PlaceContext): Place | null {
  const { pathname, searchParams } = new URL(href, 'http://page');
  const open = searchParams.get('open');
  if (open !== null) return objectPlace(open);
  const label = pageLabel(decodeURI(pathname), context);
  if (label === null) return null;
  const kept = new URLSearchParams([...searchParams].filter(([name]) => telling.includes(name)));
  const filter = [...kept].map(([, value]) => value).join(' ');
  return { href: kept.size === 0 ? pathname : `${pathname}?${kept}`, label: filter === '' ? label : context.messages.overview.filtered(label, filter) };
}

/** The page of an object, whether it was seen there or in a drawer. */
export function objectPlace(key: string): Place | null {
  const address = parseObjectKey(key);
  if (address === undefined) return null;
  const place = [address.namespace, address.name].filter((part) => part !== null).join('/');
  return { href: `/objects/${key}`, label: `${address.kind.split('.', 1).join('')} ${place}` };
}

function pageLabel(path: string, { messages, kinds, issues }: PlaceContext): string | null {
  const [, first = '', ...rest] = path.split('/');
  const name = rest.join('/');
  if (first === 'objects') return objectPlace(name)?.label ?? null;
  if (first === 'issues' && name !== '') return issues.find(({ id }) => id === name)?.title ?? null;
  if (first === 'resources') {
    const kind = kindOfSlug(name, kinds);
    return kind === undefined ? null : pluralLabel(kind);
  }
  const page = path === '/' ? undefined : pages.find((candidate) => candidate.path === path && candidate.place !== 'foot' && candidate.place !== 'account');
  return page?.label(messages) ?? null;
}
