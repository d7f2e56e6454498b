/** A key or a sequence of keys, as they are printed on a keyboard: `g i`, `⌘K`. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className="inline-flex shrink-0 gap-1">
      {keys.split(' ').map((key) => (
        <kbd key={key} className="min-w-4.5 rounded-[4px] border border-line px-1 text-center font-sans text-soft text-xs">
          {key}
        </kbd>
      ))}
    </span>
  );
}
