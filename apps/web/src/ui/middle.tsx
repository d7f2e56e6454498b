/** How much of the end stays visible: the part that tells two generated names apart. */
const tailLength = 6;

/** A name that gives way in the middle when the space is short; the full name is on hover. */
export function Middle({ text }: { text: string }) {
  if (text.length <= tailLength * 2) return <span className="whitespace-nowrap">{text}</span>;
  return (
    <span className="inline-flex max-w-full min-w-0 whitespace-pre" title={text}>
      {/* Read out as one word; what is selected and copied are the two parts, which follow each other without a blank. */}
      <span className="sr-only select-none">{text}</span>
      <span aria-hidden="true" className="min-w-0 truncate">
        {text.slice(0, -tailLength)}
      </span>
      <span aria-hidden="true" className="shrink-0">
        {text.slice(-tailLength)}
      </span>
    </span>
  );
}
