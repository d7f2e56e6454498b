/** The one policy of Trusted Types that the page may make: it names our own worker scripts, and nothing else. */
export const workerPolicy = 'quarterdeck-worker';
