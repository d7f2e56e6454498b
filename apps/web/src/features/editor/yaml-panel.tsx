import { useState } from 'react';
import { useClusters } from '../clusters/clusters.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { objectKey } from '../objects/object-key.ts';
import { ObjectEditor } from './edit/object-editor.tsx';
import { WholeText } from './edit/whole-text.tsx';

/** The object as a text that can be changed, where one may: a section of its detail. */
export default function YamlPanel({ object, open: { read, presence } }: ObjectSectionProps) {
  const [whole, setWhole] = useState(false);
  const cluster = useClusters().selected?.id ?? '';
  if (read === null) return null;
  if (whole) return <WholeText object={object} onBack={() => setWhole(false)} />;
  const key = `${cluster} ${objectKey(object)}`;
  return <ObjectEditor key={key} cluster={cluster} object={object} live={read.object} deleted={presence !== 'there'} onWhole={() => setWhole(true)} />;
}
