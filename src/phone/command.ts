/** What a phone can be told from outside: power, keys and orders. Facts are past tense, commands are not. */
export type PhoneCommand =
  | { readonly type: 'power.on' }
  | { readonly type: 'power.off' }
  /**
   * Begin where a phone is that is already up and has its user logged in; only a phone that is off
   * understands it.
   */
  | { readonly type: 'phone.resume' }
  /** Services > Check for Updates, confirmed. */
  | { readonly type: 'updates.check' }
  | { readonly type: 'phone.reset' }
  | { readonly type: 'banner.confirm' }
  | { readonly type: 'dnd.set'; readonly on: boolean };
