import { LayoutGrid, Maximize, Minus, PictureInPicture2, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';

interface MapControlsProps {
  onZoomIn(): void;
  onZoomOut(): void;
  onFit(): void;
  onArrange(): void;
  minimap: boolean;
  onMinimap(): void;
}

export function MapControls({ onZoomIn, onZoomOut, onFit, onArrange, minimap, onMinimap }: MapControlsProps) {
  const messages = useMessages().topology;
  return (
    <div className="absolute top-2 right-2 z-10 flex flex-col rounded border bg-surface">
      <Control label={messages.zoomIn} onClick={onZoomIn} icon={<Plus />} />
      <Control label={messages.zoomOut} onClick={onZoomOut} icon={<Minus />} />
      <Control label={messages.fit} onClick={onFit} icon={<Maximize />} />
      <Control label={messages.arrange} onClick={onArrange} icon={<LayoutGrid />} />
      <Control label={messages.minimap} onClick={onMinimap} icon={<PictureInPicture2 />} pressed={minimap} />
    </div>
  );
}

function Control({ label, icon, pressed, onClick }: { label: string; icon: ReactNode; pressed?: boolean; onClick(): void }) {
  return (
    <Button look="icon" aria-label={label} title={label} aria-pressed={pressed} className="aria-pressed:bg-selected aria-pressed:text-ink" onClick={onClick}>
      {icon}
    </Button>
  );
}
