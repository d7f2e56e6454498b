import { fakeServer } from '../testing/fake-server.ts';
import { wireFormats } from '../testing/formats/index.ts';
import { describeConformance } from '../testing/model-conformance.ts';

// Over HTTP on this machine, with Node's own fetch: connections that are refused, torn down and left are real ones.
for (const format of wireFormats) describeConformance(format, fakeServer);
