import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * The peer, as a process of its own: `client-node-informer.js KUBECONFIG FOLDER` keeps all pods in client-node's
 * informer. Prints the milliseconds until it was synced, then follows until it is ended.
 */
const [kubeconfig = '', folder = ''] = process.argv.slice(2);
const { KubeConfig, CoreV1Api, makeInformer } = createRequire(path.join(folder, 'package.json'))('@kubernetes/client-node');

const started = performance.now();
const config = new KubeConfig();
config.loadFromFile(kubeconfig);
const api = config.makeApiClient(CoreV1Api);
const informer = makeInformer(config, '/api/v1/pods', () => api.listPodForAllNamespaces());
informer.on('error', () => setTimeout(() => informer.start(), 1000));
await informer.start();
process.stdout.write(`${Math.round(performance.now() - started)}\n`);
