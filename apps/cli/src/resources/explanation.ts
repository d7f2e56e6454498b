import type { FieldExplanation, OpenApiDocuments } from '@quarterdeck/cluster';
import { wrap } from '../output/wrap.ts';
import type { ResourceType } from './resource-type.ts';

/** As kubectl explain sets it. `tree`: the fields of the fields in place of their meanings. */
export function explanation({ apiVersion, kind }: ResourceType, path: readonly string[], found: FieldExplanation, tree: readonly string[] | null): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const head = [...(group === '' ? [] : [`GROUP:      ${group}`]), `KIND:       ${kind}`, `VERSION:    ${version}`, ''];
  const last = path.at(-1);
  const field = last === undefined ? [] : [`FIELD: ${last} ${found.type}`, '', ''];
  const allowed = found.values.length === 0 ? [] : ['ENUM:', ...found.values.map((value) => `    ${value}`), ''];
  const fields = tree ?? fieldLines(found);
  const below = fields.length === 0 ? [] : ['FIELDS:', ...fields, '', ...(tree === null ? [''] : [])];
  return `${[...head, ...field, ...allowed, 'DESCRIPTION:', ...paragraphs(found.description || '<empty>', 4), ...(found.ofType === '' ? [] : paragraphs(found.ofType, 4)), '    ', ...below].join('\n')}\n`;
}

function fieldLines({ fields }: FieldExplanation): string[] {
  const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap(({ name, type, required, description, values }, index) => [
    `  ${name}\t${type}${required ? ' -required-' : ''}`,
    ...(values.length === 0 ? [] : [`  enum: ${valueText(values)}`]),
    ...paragraphs(description || '<no description>', 4),
    ...(index === sorted.length - 1 ? [] : ['']),
  ]);
}

/** A point of a list stands one further than what follows it. */
function hung([first = '', ...others]: readonly string[], line: string): string[] {
  return [line.startsWith(' - ') ? ` ${first}` : first, ...others];
}

/** More than four are cut, as kubectl does. */
function valueText(values: readonly string[]): string {
  const shown = values.map((value) => (value === '' ? '""' : value));
  return shown.length > 4 ? `${shown.slice(0, 4).join(', ')}, ....` : shown.join(', ');
}

function paragraphs(text: string, indent: number): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [''] : hung(wrap(line.trim(), 80, ' '.repeat(indent)), line)));
}

/** Deeper than this there are schemas that hold themselves. */
const deepest = 16;

/** The fields below a field, indented as they lie; a type within itself is named once. */
export async function fieldTree(
  documents: OpenApiDocuments,
  type: ResourceType,
  path: readonly string[],
  signal: AbortSignal,
  above: readonly string[] = [],
): Promise<string[]> {
  const { fields } = await documents.explain(type, path, signal);
  const lines: string[] = [];
  for (const { name, type: fieldType, required, values } of [...fields].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    lines.push(`${'  '.repeat(above.length + 1)}${name}\t${fieldType}${required ? ' -required-' : ''}`);
    if (values.length > 0) lines.push(`${'  '.repeat(above.length + 1)}enum: ${valueText(values)}`);
    const isNamed = /[A-Z]/.test(fieldType);
    if (isNamed && !above.includes(fieldType) && above.length < deepest)
      lines.push(...(await fieldTree(documents, type, [...path, name], signal, [...above, fieldType])));
  }
  return lines;
}
