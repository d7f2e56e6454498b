import { compilerError, errorsOf } from '../compiler-errors.ts';
import type { Recogniser } from '../recogniser.ts';
import { distinctPlaces, placeAt } from '../test-summary.ts';

const start = 'Traceback (most recent call last):';
const frame = /^\s+File "([^"]+)", line (\d+)/;
/** `ValueError: no such thing`: not indented, unlike the frames. */
const error = /^[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Iteration)\b.*$/;

/** The last one: what came before it was caught, or is its cause. */
export const pythonTraceback: Recogniser = {
  kind: compilerError,
  recognise({ lines }) {
    const begin = lines.lastIndexOf(start);
    const message = begin < 0 ? undefined : lines.slice(begin).find((line) => error.test(line));
    if (message === undefined) return [];
    const frames = lines.slice(begin).flatMap((line) => {
      const [, path, row] = frame.exec(line) ?? [];
      return path === undefined || path.startsWith('<') ? [] : [placeAt(path, row)];
    });
    const place = frames.findLast(({ path }) => !/\/(?:site-packages|lib\/python)/.test(path)) ?? frames.at(-1);
    if (place === undefined) return [];
    return errorsOf('Python', [{ place, message }]).map((found) => ({ ...found, places: distinctPlaces([place, ...frames.toReversed()]) }));
  },
};
