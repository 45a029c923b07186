import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the memory of a command that waits for the network small, however many specs it has. V8 gives a program that allocates much a young
 * generation that grows, moves on to the old one what lives as long as a request, and lets that grow to several times what is alive before it
 * looks: two hundred specs took twice the memory of twenty, nearly all of it garbage. Here is time to clear both more often. V8 reads
 * the numbers each time that one of them could grow: the young generation stays as it is, the old one may grow by two fifths.
 */
export function keepMemorySmall() {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=40');
}
