import type { PhoneEvent } from '../events/phone-event.ts';
import { DEMO_IMAGE_SIZE_BYTES } from '../scenario/demo-tree.ts';

/** Power that goes when so much of the firmware has come, in [0, 1], and comes back. */
export interface PowerCut {
  readonly atFirmware: number;
  readonly darkMs: number;
}

/** Follows the firmware of one phone on its way; all of it has come when it is being written. */
export class FirmwareWatch {
  readonly cut: PowerCut;
  #request: number | undefined;
  #sizeBytes = DEMO_IMAGE_SIZE_BYTES;

  constructor(cut: PowerCut) {
    this.cut = cut;
  }

  isReached(event: PhoneEvent): boolean {
    const { atFirmware } = this.cut;
    switch (event.type) {
      case 'file.requested':
        this.#request = event.section === 'FW' ? event.request : undefined;
        return false;
      case 'file.opened':
        // TFTP does not say; then it is as large as the one image whose size is known.
        this.#sizeBytes = event.sizeBytes ?? DEMO_IMAGE_SIZE_BYTES;
        return this.#isOurs(event) && atFirmware === 0;
      case 'file.progressed':
        return this.#isOurs(event) && atFirmware < 1 && event.bytes >= atFirmware * this.#sizeBytes;
      case 'firmware.writing':
        return true;
      default:
        return false;
    }
  }

  #isOurs({ request }: { readonly request: number }): boolean {
    return request === this.#request;
  }
}
