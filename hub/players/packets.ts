/** Keeps MQTT packets within their size: aedes has no limit, and would collect whatever length a packet announces. */

/** The remaining length of a packet takes at most four bytes (MQTT 3.1.1, section 2.2.3). */
const LENGTH_BYTES = 4;

/** @returns a function that is shown a stream chunk by chunk and says false from the first packet on that announces more than `limitBytes`. */
export function packetGuard(limitBytes: number): (chunk: Uint8Array) => boolean {
  /** bytes of the packet's body still to come; -1 in front of a packet, -2 within its length */
  let left = -1;
  let length = 0;
  let lengthBytes = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (left > 0) {
        const skipped = Math.min(left, chunk.length - at);
        at += skipped;
        left -= skipped;
        if (left === 0) left = -1;
      } else if (left === -1) {
        // the first byte is kind and flags
        at += 1;
        left = -2;
        length = 0;
        lengthBytes = 0;
      } else {
        const byte = chunk[at++]!;
        length += (byte & 0x7f) * 128 ** lengthBytes++;
        if (length > limitBytes || lengthBytes > LENGTH_BYTES) return false;
        if (byte < 0x80) left = length > 0 ? length : -1;
      }
    }
    return true;
  };
}
