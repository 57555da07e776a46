/** What is left of the facts of each phone: enough to know that it lives, and no more. */
export class PhonesFold {
  #requests = {};
  #polls = 0;
  #phones = new Map();

  take({ phone: mac, event }) {
    let phone = this.#phones.get(mac);
    if (phone === undefined) {
      phone = { mac, isIdle: false, requests: 0, lastPoll: null, nextPoll: null };
      this.#phones.set(mac, phone);
    }
    switch (event.type) {
      case 'file.requested':
        this.#requests[event.file] = (this.#requests[event.file] ?? 0) + 1;
        phone.requests++;
        break;
      case 'update.started':
        phone.isIdle = false;
        break;
      case 'poll.due':
        phone.pollDue = event.date;
        break;
      case 'update.finished':
        if (event.trigger !== 'poll' || event.result !== 'done') break;
        this.#polls++;
        phone.lastPoll = phone.pollDue;
        break;
      case 'poll.scheduled':
        phone.nextPoll = event.instant;
        break;
      case 'phone.idle':
        phone.isIdle = true;
    }
  }

  told() {
    return { requests: this.#requests, polls: this.#polls, each: [...this.#phones.values()] };
  }
}
