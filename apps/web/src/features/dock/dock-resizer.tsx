import { useMessages } from '../../messages/language.ts';
import { EdgeResizer } from '../../ui/edge-resizer.tsx';
import { leastHeight, mostHeight } from './dock-state.ts';
import { useDock } from './use-dock.tsx';

/** The upper edge of the dock. */
export function DockResizer() {
  const { state, setHeight } = useDock();
  const label = useMessages().dock.resize;
  return <EdgeResizer label={label} edge="top" value={state.height} least={leastHeight} most={mostHeight} step={5} valueAt={heightAt} onChange={setHeight} />;
}

/** In hundredths of what the dock stands in. */
function heightAt(event: React.PointerEvent<HTMLElement>): number | null {
  const frame = event.currentTarget.parentElement?.parentElement;
  if (frame == null) return null;
  const { bottom, height } = frame.getBoundingClientRect();
  return ((bottom - event.clientY) / height) * 100;
}
