/** Runs all, so many at once, and gives each result as soon as it is there. */
export async function* inOrderOfArrival<T, R>(items: readonly T[], atOnce: number, run: (item: T) => Promise<R>): AsyncGenerator<R> {
  const waiting = [...items];
  const running = new Map<number, Promise<[number, R]>>();
  let ids = 0;
  const begin = (item: T) => {
    const id = ids++;
    running.set(
      id,
      run(item).then((result): [number, R] => [id, result]),
    );
  };
  for (;;) {
    while (running.size < atOnce) {
      const item = waiting.shift();
      if (item === undefined) break;
      begin(item);
    }
    if (running.size === 0) return;
    const [id, result] = await Promise.race(running.values());
    running.delete(id);
    yield result;
  }
}
