package io.vestibule.core;

import io.vestibule.core.log.LogField;

/**
 * What an operator may have to act on: the member {@code code} of every line that is logged as a
 * warning or an error. {@code docs/operations.md} says what to do. The words are stable: filters
 * and runbooks go by them.
 */
public enum OperatorCode {
  /** A form could not be shown, or a post not be taken, for an unforeseen reason. */
  FORM_UNAVAILABLE("form-unavailable"),
  /** A post could not be taken: its row could not be written. */
  SUBMISSION_NOT_WRITTEN("submission-not-written"),
  /** Intake cannot read the public sealing key. */
  SEALING_KEY_NOT_READ("sealing-key-not-read"),
  /** Intake cannot read the key of its hashes and challenges. */
  FRONT_MAC_NOT_READ("front-mac-not-read"),
  /** A link could not be looked up, or its button not be pressed. */
  LINK_UNAVAILABLE("link-unavailable"),
  /** A page of the staff's door could not be shown. */
  STAFF_UNAVAILABLE("staff-unavailable"),
  /** What was to be a sign-in of staff proves nobody. */
  STAFF_SIGN_IN_REFUSED("staff-sign-in-refused"),
  /** A member of staff looked as often as anybody may in a day. */
  STAFF_LIMIT_REACHED("staff-limit-reached"),
  /** A record was not handled; its stream delivers it again. */
  RECORD_NOT_HANDLED("record-not-handled"),
  /** One row, or person, of a run could not be worked on; the others were. */
  ONE_FAILED("one-failed"),
  /** A row is none that intake writes. */
  ROW_FORGED("row-forged"),
  /** A row says that it was confirmed, and has no right proof of it. */
  PROOF_FORGED("proof-forged"),
  /** A row was deleted while something was owed to it. */
  REMOVED_WHILE_OWED("removed-while-owed"),
  /** What was sealed does not open, or is nothing that its form accepted. */
  SUBMISSION_UNREADABLE("submission-unreadable"),
  /** Something was checked, when it was handed in, by rules that are not known here. */
  OLDER_FORM("older-form"),
  /** What is stored of a customer cannot be read. */
  CUSTOMER_UNREADABLE("customer-unreadable"),
  /** A customer is not that of the address, or not as we wrote it: somebody else wrote a row. */
  IDENTITY_FORGED("identity-forged"),
  /** An address is marked as erased, and the mark does not prove that there was an erasure. */
  ERASURE_UNPROVEN("erasure-unproven"),
  /** Somebody confirms a request that no order of ours has entered so. */
  ENTERED_FORGED("entered-forged"),
  /** Whoever has entered an erasure for somebody tries to confirm it. */
  SAME_PERSON("same-person"),
  /** As much was done in the names of others today as may be. */
  BEHALF_LIMIT_REACHED("behalf-limit-reached"),
  /** A submission's entry is there already: its row came back, or somebody wrote the entry. */
  ENTRY_TAKEN("entry-taken"),
  /** An entry of a customer does not open, or is none that we write. */
  ENTRY_UNREADABLE("entry-unreadable"),
  /** A customer's record is older than the row of the key: it was restored, or put back. */
  CUSTOMER_RESTORED("customer-restored"),
  /** The row of a customer's key is older than the record: it was recovered, or put back. */
  CUSTOMER_RECOVERED("customer-recovered"),
  /** A submission or a request was put aside before it was mailed. */
  SUBMISSION_HELD("submission-held"),
  /** A new link was asked for and may not be mailed: the one before stays valid. */
  LINK_KEPT("link-kept"),
  /** A domain that is no mailbox provider's has had its mails for the day. */
  DOMAIN_CAPPED("domain-capped"),
  /** What somebody confirmed can be neither stored nor answered. */
  CONFIRMED_HELD("confirmed-held"),
  /** The row of the breakers is none that we write: all mail is stopped. */
  BREAKER_UNREADABLE("breaker-unreadable"),
  /** SES refuses this very mail. */
  MAIL_REFUSED("mail-refused"),
  /** SES is in its sandbox, and this mail's recipient is not verified. */
  RECIPIENT_UNVERIFIED("recipient-unverified"),
  /** SES refuses a mail, and perhaps every other: it is tried again after others. */
  MAIL_POSTPONED("mail-postponed"),
  /** What somebody asked for is done, and no mail told them so. */
  LAST_MAIL_UNSENT("last-mail-unsent"),
  /** A target was not told of an entry, and nobody tries again. */
  DELIVERY_FAILED("delivery-failed"),
  /** Nothing goes to a target any more until a person has it resumed. */
  LANE_STOPPED("lane-stopped"),
  /** A snapshot was taken without a rehearsal: its first visitors wait longer. */
  NOT_REHEARSED("not-rehearsed"),
  /** CloudFormation was told that no sealing key could be made. */
  SEALING_KEY_NOT_MADE("sealing-key-not-made"),
  /** Sealing keys that have ended could not be destroyed; the next run tries again. */
  SEALING_KEYS_NOT_DESTROYED("sealing-keys-not-destroyed"),
  /** A key of the installation in KMS is disabled, is to be deleted, or cannot be looked at. */
  KEY_UNUSABLE("key-unusable"),
  /** In a drill: identities and customers could not be compared. */
  ORPHANS_NOT_COUNTED("orphans-not-counted"),
  /** An entry of the ledger of erasures is signed by nobody of ours. */
  LEDGER_ENTRY_INVALID("ledger-entry-invalid"),
  /** What was restored could not be compared with the other table of customers. */
  VERSIONS_NOT_COMPARED("versions-not-compared"),
  /** A backup or a drill could not give its lease back, and keeps others out until it ends. */
  LEASE_NOT_RETURNED("lease-not-returned"),
  /** The canary did not see the page of its form. */
  CANARY_FORM("canary-form"),
  /** What the canary handed in was not taken, or not mailed. */
  CANARY_MAIL("canary-mail"),
  /** The canary did not see the page of a link that is dead. */
  CANARY_LINK("canary-link"),
  /** The canary did not get on with the whole way by its own mailbox. */
  CANARY_ROUND("canary-round");

  private final String code;

  OperatorCode(String code) {
    this.code = code;
  }

  /** The word in the log. */
  public String code() {
    return code;
  }

  /** An argument of a line's, after those that its text names, by which the line has the code. */
  public LogField entry() {
    return new LogField("code", code);
  }
}
