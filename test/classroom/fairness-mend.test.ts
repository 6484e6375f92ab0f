// What is to be mended, held against its known answers: see fairness.ts.

import { areFair } from './fairness.ts';
import { allWritten } from './judging.ts';

areFair(allWritten('mend'));
