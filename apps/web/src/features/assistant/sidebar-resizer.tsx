import { useMessages } from '../../messages/language.ts';
import { EdgeResizer } from '../../ui/edge-resizer.tsx';
import { leastWidth, mostWidth } from './sidebar-width.ts';

/** The edge between the page and the assistant. */
export function SidebarResizer({ width, onWidth }: { width: number; onWidth(width: number): void }) {
  const label = useMessages().assistant.resize;
  const widthAt = (event: React.PointerEvent<HTMLElement>) =>
    (event.currentTarget.parentElement?.getBoundingClientRect().right ?? window.innerWidth) - event.clientX;
  return <EdgeResizer label={label} edge="left" value={width} least={leastWidth} most={mostWidth} step={20} valueAt={widthAt} onChange={onWidth} />;
}
