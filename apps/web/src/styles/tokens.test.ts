import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Rgb = readonly [number, number, number];

/** OKLCH to linear sRGB, as CSS Color 4 defines it; out-of-gamut channels are clipped. */
function linearRgb(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Contrast as WCAG 2 defines it. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, bright = 0] = [one, other].map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b).sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const colour = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;

function readThemes(): Record<'light' | 'dark' | 'contrast', Map<string, Rgb>> {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
  const [base = '', high = ''] = css.split(':root[data-theme="contrast"]');
  const themes = { light: new Map<string, Rgb>(), dark: new Map<string, Rgb>(), contrast: new Map<string, Rgb>() };
  const read = (text: string, use: (name: string, colours: Rgb[]) => void) => {
    for (const [, name = '', value = ''] of text.matchAll(/--([\w-]+):([^;]+);/g)) {
      use(
        name,
        [...value.matchAll(colour)].map(([, l, c, h]) => linearRgb(Number(l), Number(c), Number(h))),
      );
    }
  };
  read(base, (name, [light, dark]) => {
    if (light === undefined || dark === undefined) return;
    themes.light.set(name, light);
    themes.dark.set(name, dark);
    themes.contrast.set(name, dark);
  });
  read(high, (name, [only]) => only !== undefined && themes.contrast.set(name, only));
  return themes;
}

const series = Array.from({ length: 8 }, (_, index) => `series-${index + 1}`);
const texts = ['text', 'text-soft', 'accent', 'critical', 'high', 'medium', 'pending', 'healthy', 'idle', ...series];
const surfaces = ['canvas', 'surface', 'sunken', 'raised', 'hover', 'selected'];
const pairs = [
  ...texts.flatMap((text) => surfaces.map((surface) => [text, surface] as const)),
  ['text', 'mark'] as const,
  ['accent-text', 'accent-fill'] as const,
];

describe.each(Object.entries(readThemes()))('theme %s', (name, tokens) => {
  const wanted = name === 'contrast' ? 7 : 4.5;

  it(`keeps a contrast of ${wanted} for every text on every surface`, () => {
    const weak = pairs.flatMap(([text, surface]) => {
      const [one, other] = [tokens.get(text), tokens.get(surface)];
      const ratio = one === undefined || other === undefined ? 0 : contrast(one, other);
      return ratio >= wanted ? [] : [`${text} on ${surface}: ${ratio.toFixed(2)}`];
    });
    expect(weak).toEqual([]);
  });
});
