/** The rings of tests, in the order they run: the cheapest first. */
export const rings = /** @type {const} */ (['unit', 'sandbox', 'supervisor', 'integration', 'e2e']);

/** @typedef {(typeof rings)[number]} Ring */

/**
 * What the machine offers to the tests. `cluster` is the kubeconfig of one that is there (null: one can be started),
 * or why there can be none.
 * @typedef {object} Machine
 * @property {boolean} go
 * @property {string | null} chromium
 * @property {{ kubeconfig: string | null } | { missing: string }} cluster
 */

/** @typedef {{ ring: Ring, run: true } | { ring: Ring, run: false, reason: string }} RingDecision */

/**
 * @param {readonly string[]} args of `npm test`: names of rings; none means all
 * @returns {{ wanted: Ring[] } | { unknown: string }}
 */
export function parseRings(args) {
  const unknown = args.find((arg) => !rings.some((ring) => ring === arg));
  if (unknown !== undefined) return { unknown };
  return { wanted: rings.filter((ring) => args.length === 0 || args.includes(ring)) };
}

/**
 * @param {readonly Ring[]} wanted
 * @param {Machine} machine
 * @returns {RingDecision[]}
 */
export function decideRings(wanted, machine) {
  return wanted.map((ring) => {
    const reason = whyNot(ring, machine);
    return reason === null ? { ring, run: true } : { ring, run: false, reason };
  });
}

/**
 * @param {Ring} ring
 * @param {Machine} machine
 * @returns {string | null}
 */
function whyNot(ring, machine) {
  if (ring === 'unit') return null;
  if (ring === 'sandbox') return machine.go ? null : 'Go is not installed';
  if ('missing' in machine.cluster) return machine.cluster.missing;
  if (ring === 'supervisor') return machine.cluster.kubeconfig === null ? null : 'QD_TEST_KUBECONFIG names the cluster, so none is started and killed';
  if (ring === 'e2e' && machine.chromium === null) return 'no Chromium (install the package chromium or set CHROMIUM to its program)';
  return null;
}

/**
 * Whether a ring is about a cluster of this machine; `supervisor` starts and kills its own.
 * @param {Ring} ring
 */
export function asksForCluster(ring) {
  return ring === 'supervisor' || needsCluster(ring);
}

/** @param {Ring} ring */
export function needsCluster(ring) {
  return ring === 'integration' || ring === 'e2e';
}
