#!/usr/bin/env node
// Found by kubectl as its plug-in: `kubectl qd issues` is `qd issues`.
import './qd.js';
