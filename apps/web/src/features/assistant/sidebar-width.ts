import { useState } from 'react';

const key = 'quarterdeck.assistant.width';
/** Pixels. */
export const leastWidth = 300;
export const mostWidth = 900;
const usualWidth = 380;

const bounded = (width: number): number => Math.round(Math.min(mostWidth, Math.max(leastWidth, width)));

function storedWidth(): number {
  const width = Number(localStorage.getItem(key) ?? usualWidth);
  return Number.isFinite(width) ? bounded(width) : usualWidth;
}

/** How wide this person wants it, in this browser. */
export function useSidebarWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(storedWidth);
  const keep = (next: number) => {
    setWidth(bounded(next));
    localStorage.setItem(key, String(bounded(next)));
  };
  return [width, keep];
}
