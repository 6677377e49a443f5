/** The only two channels between a page and the shell; they carry the messages of contract/messages.ts. */
export const TO_SHELL = 'loket:to-shell'
export const FROM_SHELL = 'loket:from-shell'
