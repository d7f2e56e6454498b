import { describe, expect, it } from 'vitest';
import { KeptOpenApi, type OpenApiSchema } from './openapi-documents.ts';
import { schemaOfKind } from './schema-of-kind.ts';

const ref = (name: string): OpenApiSchema => ({ allOf: [{ $ref: `#/components/schemas/${name}` }] });
const schemas: Record<string, OpenApiSchema> = {
  Widget: {
    type: 'object',
    required: ['spec'],
    properties: { spec: ref('WidgetSpec') },
    'x-kubernetes-group-version-kind': [{ group: 'shop.example', version: 'v1', kind: 'Widget' }],
  },
  WidgetSpec: {
    type: 'object',
    properties: {
      port: ref('IntOrString'),
      size: ref('Quantity'),
      parts: { type: 'array', items: ref('WidgetSpec'), 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
      mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
    },
  },
  IntOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  Quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  Other: { type: 'object', description: 'of another kind' },
};

describe('the schema of a kind', () => {
  const { root, definitions } = schemaOfKind(schemas, { apiVersion: 'shop.example/v1', kind: 'Widget', namespaced: true });

  it('has what the kind reaches, also where that reaches itself, and nothing else', () => {
    expect(Object.keys(definitions).sort()).toEqual(['IntOrString', 'Quantity', 'WidgetSpec', root].sort());
  });

  it('says what a field takes in one way, however the document says it', () => {
    const fields = definitions.WidgetSpec?.properties ?? {};
    expect(definitions.IntOrString?.types).toEqual(['integer', 'string']);
    expect(definitions.Quantity?.types).toEqual(['string', 'number']);
    expect(fields.parts).toEqual({ types: ['array'], items: { ref: 'WidgetSpec' }, listKeys: ['name'] });
    expect(fields.mode).toEqual({ types: ['string'], enum: ['fast', 'safe'], default: 'safe' });
    expect(fields.labels).toEqual({ types: ['object'], values: { types: ['string'] } });
  });

  it('is not there for a kind that the document does not have', () => {
    expect(() => schemaOfKind(schemas, { apiVersion: 'shop.example/v2', kind: 'Widget', namespaced: true })).toThrow('publishes no schema of Widget');
  });
});

describe('kept documents', () => {
  it('are read once for as long as their address is the same, and again after a failure', async () => {
    const kept = new KeptOpenApi(2);
    let reads = 0;
    const read = async () => {
      reads += 1;
      if (reads === 1) throw new Error('the server is busy');
      return schemas;
    };
    await expect(kept.get('apps?hash=1', read)).rejects.toThrow('busy');
    await kept.get('apps?hash=1', read);
    await kept.get('apps?hash=1', read);
    expect(reads).toBe(2);
    await kept.get('apps?hash=2', read);
    await kept.get('batch?hash=1', read);
    await kept.get('apps?hash=1', read);
    expect(reads).toBe(5);
  });
});
