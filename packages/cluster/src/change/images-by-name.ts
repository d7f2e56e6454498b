import { AppError, type ChangeOf, type KubeObject, refLabel } from '@quarterdeck/contract';
import * as z from 'zod';

const containers = z.array(z.looseObject({ name: z.string() })).default([]);
const podTemplateSchema = z.looseObject({
  spec: z.looseObject({ template: z.looseObject({ spec: z.looseObject({ containers, initContainers: containers }) }) }),
});

/**
 * The images of a change for containers that exist; `*` stands for all of them. A strategic merge patch would add a
 * container with an unknown name instead of refusing it. Throws NOT_FOUND with the names that there are.
 */
export function imagesByName({ target, images }: ChangeOf<'setImage'>, live: KubeObject): { images: Record<string, string>; initContainers: string[] } {
  const { spec } = podTemplateSchema.parse(live).spec.template;
  const initContainers = spec.initContainers.map(({ name }) => name);
  const known = [...initContainers, ...spec.containers.map(({ name }) => name)];
  const unknown = Object.keys(images).find((name) => name !== '*' && !known.includes(name));
  if (unknown !== undefined) {
    throw new AppError('NOT_FOUND', `${refLabel(target)} has no container ${unknown}.`, { hint: `It has: ${known.join(', ')}.` });
  }
  const { '*': everywhere, ...named } = images;
  const all = everywhere === undefined ? {} : Object.fromEntries(known.map((name) => [name, everywhere]));
  return { images: { ...all, ...named }, initContainers };
}
