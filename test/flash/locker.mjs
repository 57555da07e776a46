// Locks a directory, or gives it back, as a line on stdin says, and answers with a line. Runs the built code.
import { createInterface } from 'node:readline';
import { lockDirectory } from '../../dist/flash/flash-lock.js';

let unlock = () => {};

for await (const line of createInterface(process.stdin)) {
  const [order, directory] = line.split(' ');
  console.log(order === 'lock' ? lock(directory) : giveBack());
}

function lock(directory) {
  try {
    unlock = lockDirectory(directory);
    return 'locked';
  } catch (error) {
    return error.code;
  }
}

function giveBack() {
  unlock();
  unlock = () => {};
  return 'unlocked';
}
