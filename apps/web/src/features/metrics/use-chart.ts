import { type RefObject, useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTimeStyle } from '../../preferences/use-time-style.ts';
import { alignSeries } from './align-series.ts';
import { chartOptions } from './chart-options.ts';
import { coloursAt, useShownTheme } from './theme-colours.ts';
import type { TimeChartProps } from './time-chart.tsx';

export interface Chart {
  /** Where it is drawn; it fills the element. */
  place: RefObject<HTMLDivElement | null>;
  /** The place among the times that the pointer is at; null while it is elsewhere. */
  cursor: number | null;
}

/** Draws a chart for as long as the component stands: anew with the theme and the series, with new values otherwise. */
export function useChart(props: TimeChartProps): Chart {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const theme = useShownTheme();
  const style = useTimeStyle();
  const latest = useRef(props);
  latest.current = props;
  const form = JSON.stringify([props.series.map(({ label, colour }) => [label, colour]), props.lines, props.group, style, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `form` stands for all that the drawing is made of besides the values.
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const { clientWidth: width, clientHeight: height } = element;
    const options = chartOptions({ read: () => latest.current, colours: coloursAt(element), style, onCursor: setCursor, width, height });
    const made = new uPlot(options, dataOf(latest.current), element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
      setCursor(null);
    };
  }, [form]);

  useEffect(() => plot.current?.setData(dataOf(props)), [props]);
  return { place, cursor };
}

function dataOf({ series }: TimeChartProps): uPlot.AlignedData {
  return alignSeries(series.map(({ points }) => points));
}
