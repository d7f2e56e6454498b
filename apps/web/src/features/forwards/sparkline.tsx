const width = 96;
const height = 20;

/** Small bars over the last minute; the number beside it says how much, this says when. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values);
  const step = width / values.length;
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className="h-5 w-24 shrink-0 text-accent">
      <title>{label}</title>
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" />
      {values.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time.
          key={index}
          x={index * step}
          width={Math.max(1, step - 1)}
          y={height - (value / most) * (height - 2)}
          height={(value / most) * (height - 2)}
          fill="currentColor"
        />
      ))}
    </svg>
  );
}
