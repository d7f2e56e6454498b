import { AppError, type KubeObject } from '@quarterdeck/contract';

/** Label and field selectors as the API server applies them to a list. VALIDATION_ERROR for what it would not accept. */
export function matchesSelectors(object: KubeObject, selectors: { labelSelector?: string; fieldSelector?: string }): boolean {
  const labels = new Map(Object.entries(object.metadata.labels ?? {}));
  return (
    requirements(selectors.labelSelector).every((requirement) => matchesLabels(labels, requirement)) &&
    requirements(selectors.fieldSelector).every((requirement) => matchesField(object, requirement))
  );
}

/** Commas separate requirements, but not inside the parentheses of a set. */
function requirements(selector: string | undefined): string[] {
  return (selector ?? '')
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const setForm = /^([^\s!=,()]+)\s+(in|notin)\s+\(([^()]*)\)$/;
const equalityForm = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/;
const existenceForm = /^(!?)\s*([^\s!=,()]+)$/;

function matchesLabels(labels: ReadonlyMap<string, string>, requirement: string): boolean {
  const [, setKey = '', operator, members = ''] = setForm.exec(requirement) ?? [];
  if (operator !== undefined) {
    const isMember = members
      .split(',')
      .map((member) => member.trim())
      .includes(labels.get(setKey) ?? '\0');
    return operator === 'in' ? isMember : !isMember;
  }
  const [, key = '', sign, value = ''] = equalityForm.exec(requirement) ?? [];
  if (sign !== undefined) return sign === '!=' ? labels.get(key) !== value : labels.get(key) === value;
  const [, not, name] = existenceForm.exec(requirement) ?? [];
  if (name === undefined) throw invalid(requirement);
  return labels.has(name) === (not !== '!');
}

function matchesField(object: KubeObject, requirement: string): boolean {
  const [, path, sign, value = ''] = equalityForm.exec(requirement) ?? [];
  if (path === undefined) throw invalid(requirement);
  return (fieldAt(object, path) === value) === (sign !== '!=');
}

/** A field that is not there counts as the empty text, as for the API server. */
function fieldAt(object: unknown, path: string): string {
  let value: unknown = object;
  for (const name of path.split('.')) {
    value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
  }
  return value === undefined || value === null ? '' : String(value);
}

function invalid(requirement: string): AppError {
  return new AppError('VALIDATION_ERROR', `"${requirement}" is not a selector.`, { hint: 'Write it as for kubectl: app=web,tier in (a,b).' });
}
