import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { Messages } from '../../../messages/language.ts';
import { pathAt } from '../schema/path-at.ts';
import { schemaAt } from './documents-of.ts';
import { documentationNode, documentationOf } from './field-documentation.ts';
import type { SchemaSource } from './schema-source.ts';

/** What the field under the pointer means. */
export function schemaHover(schemas: SchemaSource, words: Messages['editor']): Extension {
  return hoverTooltip(({ state }, position) => {
    const known = schemaAt(state, position, schemas);
    const found = known === null ? null : pathAt(known.document, position);
    const documentation = known === null || found === null ? null : documentationOf(known.schema, found.path);
    if (found === null || documentation === null) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: documentationNode(documentation, words) }) };
  });
}
