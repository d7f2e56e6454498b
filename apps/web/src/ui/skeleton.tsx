/** Lines where text will stand; shown after 150 ms, so that a quick answer does not flicker. */
export function SkeletonLines({ widths }: { widths: readonly string[] }) {
  return (
    <div className="flex flex-col gap-3" aria-hidden="true">
      {widths.map((width) => (
        <div key={width} className="skeleton h-3.5" style={{ width }} />
      ))}
    </div>
  );
}
