import { readdirSync } from 'node:fs';

/** So often they are counted: a phone has its connection for some milliseconds. */
const LOOK_EVERY_MS = 10;

/** Counts open descriptors of this process (Linux) from now until `stop`, which gives the most there were. */
export function watchDescriptors() {
  let most = 0;
  const look = () => {
    most = Math.max(most, readdirSync('/proc/self/fd').length);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  look();
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
