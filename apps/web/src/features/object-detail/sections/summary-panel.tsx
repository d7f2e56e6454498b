import { objectKey } from '../../objects/object-key.ts';
import { ObjectSummary } from '../../objects/object-summary.tsx';
import type { ObjectSectionProps } from '../object-section.ts';

export default function SummaryPanel({ address, object, open }: ObjectSectionProps) {
  return <ObjectSummary objectKey={objectKey(object)} address={address} object={open.read?.object} />;
}
