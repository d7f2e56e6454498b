import { AppError, type KubeObject, matchesLabels, parseLabelSelector } from '@quarterdeck/contract';

/** Label and field selectors as the API server applies them to a list. VALIDATION_ERROR for what it would not accept. */
export function matchesSelectors(object: KubeObject, selectors: { labelSelector?: string; fieldSelector?: string }): boolean {
  const { labelSelector = '', fieldSelector = '' } = selectors;
  const byLabels = labelSelector.trim() === '' || matchesLabels(object.metadata.labels, parseLabelSelector(labelSelector));
  return byLabels && requirements(fieldSelector).every((requirement) => matchesField(object, requirement));
}

function requirements(selector: string): string[] {
  return selector
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const equalityForm = /^([^\s!=,()]+)\s*(==|=|!=)\s*([^\s!=,()]*)$/;

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
  return new AppError('VALIDATION_ERROR', `"${requirement}" is not a field selector.`, {
    hint: 'Write it as for kubectl: metadata.name=web,status.phase!=Running',
  });
}
