import { useMessages } from '../../../messages/language.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { YamlView } from '../../objects/yaml-view.tsx';
import type { ObjectSectionProps } from '../object-section.ts';

export default function YamlPanel({ open: { read } }: ObjectSectionProps) {
  const messages = useMessages().objectDetail;
  if (read === null) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
    <section aria-label="YAML" tabIndex={0} className="relative h-full overflow-auto focus-visible:-outline-offset-2">
      <div className="sticky top-2 z-10 float-right mr-2">
        <CopyButton text={read.yaml} label={messages.copyYaml} />
      </div>
      <YamlView yaml={read.yaml} />
    </section>
  );
}
