import type { TypedDeviceSettings } from '../provisioning/device-settings.ts';
import type { ErrorSeverity, Trigger } from '../provisioning/words.ts';

/**
 * What a phone can be told from outside: power, keys, calls and orders. Facts are past tense, commands are
 * not.
 */
export type PhoneCommand =
  | { readonly type: 'power.on' }
  | { readonly type: 'power.off' }
  /**
   * Begin where a phone is that is already up and has its user logged in; only a phone that is off
   * understands it.
   */
  | { readonly type: 'phone.resume' }
  /** Services > Check for Updates, and Yes to its question. */
  | { readonly type: 'updates.check' }
  /** Services > Check for Updates: asks first. */
  | { readonly type: 'updates.ask' }
  /** A key on the question that is shown: Yes or Install, No or Later. */
  | { readonly type: 'question.answer'; readonly answer: 'yes' | 'no' }
  /** The text typed in answer to the question that is shown, confirmed: a fingerprint, a password. */
  | { readonly type: 'question.enter'; readonly text: string }
  /** A SIP NOTIFY; what the phone answers is a fact, and without one it is dark and answers nothing. */
  | {
      readonly type: 'notify.receive';
      /** Address of the sender. */
      readonly from: string;
      /** Of the Event header, without its parameters; empty if there is none. */
      readonly event: string;
    }
  /** A check-sync was accepted: an update follows, with or without a question. */
  | { readonly type: 'check-sync.accept'; readonly manner: 'key' | 'silent' | 'dialogue' }
  | { readonly type: 'phone.reset' }
  /** Srvcs > System > Erase User Data. */
  | { readonly type: 'user-data.erase' }
  | { readonly type: 'factory.reset' }
  /** A value typed in Device Settings: sticky. */
  | { readonly type: 'setting.type'; readonly name: string; readonly value: string }
  /** Apply&Reset in Device Settings: what was typed is kept as one, and the phone restarts. */
  | { readonly type: 'device-settings.apply'; readonly typed: TypedDeviceSettings }
  /** AllAut: every manual value is automatic again. */
  | { readonly type: 'settings.all-auto' }
  | { readonly type: 'banner.confirm' }
  | { readonly type: 'dnd.set'; readonly on: boolean }
  | { readonly type: 'login.submit'; readonly user: string }
  | { readonly type: 'logout' }
  /** How logins end from now on: the emulator has no proxy to ask. `no-dns`: SERVER_IPx_1 0.0.0.0 is none. */
  | { readonly type: 'logins.answer'; readonly answer: LoginAnswer }
  /** The phone finds an error of its memory (M44 p69); whoever tells the story says when. */
  | { readonly type: 'memory.fail'; readonly severity: ErrorSeverity }
  | { readonly type: 'call.incoming' }
  | { readonly type: 'call.dial' }
  | { readonly type: 'call.end' }
  /** The phone learns the time from somebody other than SNTP. */
  | { readonly type: 'clock.set'; readonly toMs: number };

export type LoginAnswer = 'accept' | 'refuse' | 'no-dns';

/** What one part of a phone tells the others. */
export type InternalEvent =
  /** The phone is up, with settings that may be new: when the next poll is, whom to ask for the time. */
  | { readonly type: 'schedule.renew' }
  /** The phone's clock was set. */
  | { readonly type: 'clock.moved' }
  /** The phone is about to restart: no polls, no questions. */
  | { readonly type: 'schedule.stop' }
  /** The phone is dark: calls are gone. */
  | { readonly type: 'phone.dark' }
  | {
      readonly type: 'offer.begin';
      readonly trigger: 'poll' | 'check-sync';
      readonly manner: 'key' | 'dialogue';
    }
  | { readonly type: 'update.begin'; readonly trigger: Trigger }
  /** A check began, whoever asked for it: what was asked before is settled. */
  | { readonly type: 'update.begun' }
  /** From the DHCP client: the address the phone has from now on, none any more, or none at all. */
  | { readonly type: 'address.gained'; readonly address: string }
  | { readonly type: 'address.lost' }
  | { readonly type: 'address.not-had' }
  /** From the check: a section that is not quiet is due. */
  | { readonly type: 'check.disturbs' };
