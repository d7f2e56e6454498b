import * as z from 'zod';

const named = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
});
type Node = z.infer<typeof named>;

export interface Choices {
  /** From 0 to below 1. */
  random(): number;
  /** A text for the field of that name. */
  text(field: string): string;
}

/** Some input that fits a schema, as far as its form goes: texts come from `choices`, and may not be what is meant. */
export function generateInput(schema: z.ZodType, choices: Choices): unknown {
  const root = z.looseObject({ $defs: z.record(z.string(), z.unknown()).optional() }).parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return new Generator(choices, root.$defs ?? {}).value(root, '');
}

class Generator {
  private readonly choices: Choices;
  private readonly definitions: Readonly<Record<string, unknown>>;

  constructor(choices: Choices, definitions: Readonly<Record<string, unknown>>) {
    this.choices = choices;
    this.definitions = definitions;
  }

  value(raw: unknown, field: string): unknown {
    const node = named.parse(raw);
    if (node.$ref !== undefined) return this.value(this.definitions[node.$ref.split('/').at(-1) ?? ''] ?? {}, field);
    if ('const' in node) return node.const;
    const options = node.enum ?? node.anyOf ?? node.oneOf;
    if (options === undefined) return this.typed(node, field);
    const chosen = this.pick(options);
    return node.enum === undefined ? this.value(chosen, field) : chosen;
  }

  private typed(node: Node, field: string): unknown {
    switch (typeof node.type === 'string' ? node.type : this.pick(node.type ?? [])) {
      case 'object':
        return this.object(node);
      case 'array':
        return Array.from({ length: Math.max(node.minItems ?? 0, Math.floor(this.choices.random() * 3)) }, () => this.value(node.items ?? {}, field));
      case 'integer':
      case 'number':
        return Math.min(node.maximum ?? 100, Math.max(node.minimum ?? 0, Math.floor(this.choices.random() * 20)));
      case 'boolean':
        return this.choices.random() < 0.5;
      case 'null':
        return null;
      default:
        return this.choices.text(field);
    }
  }

  private object({ properties = {}, required = [] }: Node): object {
    const kept = Object.entries(properties).filter(([name]) => required.includes(name) || this.choices.random() < 0.4);
    return Object.fromEntries(kept.map(([name, node]) => [name, this.value(node, name)]));
  }

  private pick(options: readonly unknown[]): unknown {
    return options[Math.floor(this.choices.random() * options.length)];
  }
}
