/** Scripts for the page itself: only there its own frames can be timed. */

/** The times between frames for so many milliseconds. */
export function framesFor(milliseconds: number): string {
  return `new Promise((resolve) => {
    const frames = [];
    let last = performance.now();
    const end = last + ${milliseconds};
    const next = (now) => {
      frames.push(now - last);
      last = now;
      if (now < end) requestAnimationFrame(next);
      else resolve(frames.slice(1));
    };
    requestAnimationFrame(next);
  })`;
}

/** Milliseconds from a click on a column's header until other rows stand on screen. */
export function timeOfSort(column: string): string {
  return `new Promise((resolve, reject) => {
    const header = [...document.querySelectorAll('thead th')].find((each) => each.textContent.trim().startsWith(${JSON.stringify(column)}));
    if (header === undefined) return reject(new Error('There is no column ' + ${JSON.stringify(column)}));
    const rows = () => [...document.querySelectorAll('tbody tr')].slice(0, 20).map((row) => row.textContent).join();
    const before = rows();
    const from = performance.now();
    (header.querySelector('button') ?? header).click();
    const look = () => {
      if (rows() !== before) resolve(performance.now() - from);
      else if (performance.now() - from > 10000) reject(new Error('The rows did not change.'));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })`;
}
