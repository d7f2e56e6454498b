/** What `npm test` hands to the end-to-end tests: the cluster to break things on, and the browser to look with. */
export function testKubeconfig(): string {
  return required('QD_TEST_KUBECONFIG', 'the kubeconfig of a cluster that tests may break');
}

export function chromiumProgram(): string {
  return process.env.CHROMIUM ?? '/usr/bin/chromium';
}

function required(name: string, meaning: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: ${meaning}. Run \`npm test -- e2e\`.`);
  return value;
}
