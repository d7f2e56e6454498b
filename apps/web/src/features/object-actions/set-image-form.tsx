import { useState } from 'react';
import * as z from 'zod';
import { useMessages } from '../../messages/language.ts';
import { Field } from '../../ui/field.tsx';
import { draftOf } from './change-action.ts';
import { FormDialog } from './form-dialog.tsx';
import type { ActionFormProps } from './object-action.ts';
import { ObjectsNow } from './objects-now.tsx';
import { useObjects } from './use-objects.ts';
import { whatOf } from './what-of.ts';

const containers = z.array(z.object({ name: z.string(), image: z.string().default('') })).default([]);
const workloadSchema = z.object({ spec: z.object({ template: z.object({ spec: z.object({ initContainers: containers, containers }) }) }) });

export interface ContainerImage {
  name: string;
  image: string;
  init: boolean;
}

/** The containers of a workload's pods with their images; those that run first come first. */
export function imagesIn(object: Readonly<Record<string, unknown>>): ContainerImage[] {
  const spec = workloadSchema.safeParse(object).data?.spec.template.spec;
  if (spec === undefined) return [];
  const shown = (list: typeof spec.containers, init: boolean) => list.map(({ name, image }) => ({ name, image, init }));
  return [...shown(spec.initContainers, true), ...shown(spec.containers, false)];
}

/** What is to change: neither what was left empty nor what is so already. */
export function changedImages(now: readonly ContainerImage[], typed: ReadonlyMap<string, string>): Record<string, string> {
  const changed = now.flatMap(({ name, image }) => {
    const wanted = typed.get(name)?.trim() ?? image;
    return wanted === '' || wanted === image ? [] : [[name, wanted] as const];
  });
  return Object.fromEntries(changed);
}

/** A field for the image of each container. */
export function SetImageForm({ targets, draft, onDraft, onCancel }: ActionFormProps) {
  const messages = useMessages();
  const { does, imageOf, initImageOf, imageWas, imageUnchanged, noContainers } = messages.objectActions;
  const read = useObjects(targets);
  const before = draft?.steps?.[0]?.change;
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map(before?.verb === 'setImage' ? Object.entries(before.images) : []));
  const now = read.objects?.flatMap(imagesIn) ?? [];
  const images = changedImages(now, typed);
  const submit = () => onDraft(draftOf(targets, (target) => ({ verb: 'setImage', target, images })));
  const title = does.setImage(
    whatOf(
      targets.map(({ object }) => object),
      messages,
    ),
  );
  return (
    <FormDialog title={title} ready={Object.keys(images).length > 0} onSubmit={submit} onCancel={onCancel}>
      <ObjectsNow read={read}>
        {() => (
          <>
            {now.length === 0 && <p>{noContainers}</p>}
            {now.map(({ name, image, init }, index) => (
              <Field
                key={name}
                label={init ? initImageOf(name) : imageOf(name)}
                value={typed.get(name) ?? image}
                note={images[name] === undefined ? imageUnchanged : imageWas(image)}
                autoFocus={index === 0}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setTyped(new Map(typed).set(name, event.target.value))}
              />
            ))}
          </>
        )}
      </ObjectsNow>
    </FormDialog>
  );
}
