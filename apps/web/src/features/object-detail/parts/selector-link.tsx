import { Link } from '@tanstack/react-router';

interface Selector {
  matchLabels?: Readonly<Record<string, string>> | undefined;
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] | undefined }[] | undefined;
}

/** Pure. As kubectl's `-l` takes it; empty for a selector that takes everything. */
export function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...expressions].join(',');
}

/** A selector of pods, which leads to the list of those it picks. */
export function SelectorLink({ selector, namespace }: { selector: Selector; namespace: string | undefined }) {
  const text = selectorText(selector);
  if (text === '') return null;
  return (
    <Link
      to="/resources/$kind"
      params={{ kind: 'pods' }}
      search={{ q: `-l ${text.includes(' ') ? `'${text}'` : text}`, ...(namespace === undefined ? {} : { ns: namespace }) }}
      className="break-all rounded-sm font-mono text-code hover:text-accent hover:underline"
    >
      {text}
    </Link>
  );
}
