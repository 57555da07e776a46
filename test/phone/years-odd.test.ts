import { proveYears } from './prove-years.ts';

proveYears('odd');
