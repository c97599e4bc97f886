/** A hub that is killed, as by a power cut, between storing the first report and receipting it. `node killed-hub.ts FOLDER` prints its broker's port. */
import { openWorld } from './world.ts';

const world = await openWorld({ folder: process.argv[2]! });
world.changes.listen(({ subject }) => {
  // told once the report is stored; receipts are held back for a moment longer
  if (subject === 'airings') process.kill(process.pid, 'SIGKILL');
});
process.stdout.write(`${world.room.address.port}\n`);
