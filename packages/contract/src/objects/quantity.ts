const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity (`500m`, `1.5Gi`, `1e3`) as a number of its base unit (cores, bytes, pieces); null where it is none.
 * Source: apimachinery/pkg/api/resource/quantity.go.
 */
export function parseQuantity(quantity: string | number | undefined): number | null {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(String(quantity ?? '').trim());
  const factor = factors[match?.[2] ?? ''];
  return match?.[1] === undefined || factor === undefined ? null : Number(match[1]) * factor;
}
