import { servePrefetch } from './serve.ts';

servePrefetch();
