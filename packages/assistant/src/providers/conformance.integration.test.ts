import { fakeServer } from '../testing/fake-server.ts';
import { wireFormats } from '../testing/formats/index.ts';
import { describeConformance } from '../testing/model-conformance.ts';
import { describeRealModel } from '../testing/real-model.ts';

// Over HTTP on this machine, with Node's own fetch: connections that are refused, torn down and left are real ones.
for (const format of wireFormats) describeConformance(format, fakeServer);

// A real model where somebody has one: the folder that node-llama-cpp is installed in, and a GGUF file.
const { QD_TEST_LLAMA: module, QD_TEST_GGUF: file } = process.env;
if (module && file) describeRealModel(module, file);
