package io.vestibule.core;

import java.util.Map;

/**
 * What is counted, all of it: CloudWatch metrics in the namespace Vestibule, each a sum of events.
 */
public enum Counter {
  /** A submission was sealed and written. */
  SUBMISSION_ACCEPTED("SubmissionAccepted"),
  /** A post was refused, and told why. */
  SUBMISSION_REFUSED("SubmissionRefused"),
  /** A post could not be taken, or a form not be shown: an alarm. */
  SUBMISSION_UNAVAILABLE("SubmissionUnavailable"),
  /** A link could not be looked up, or its button not be pressed: an alarm. */
  LINK_UNAVAILABLE("LinkUnavailable"),
  /** SES took a confirmation mail. */
  MAIL_SENT("MailSent"),
  /** A request was answered by mail at once: nothing is held under its address. */
  NOTHING_HELD("NothingHeld"),
  /** SES did not take a mail that it may take later. */
  MAIL_DELAYED("MailDelayed"),
  /** Nobody was told by mail that what they had asked for is done: their page tells. */
  LAST_MAIL_UNSENT("LastMailUnsent"),
  /** A domain has had its mails for the day: one more is held until the next. */
  MAIL_DOMAIN_CAPPED("MailDomainCapped"),
  /**
   * One more mail was owed after a form's budget for the hour was used up, or it came without the
   * work that is asked for from half of that budget on: an alarm.
   */
  MAIL_OVER_BUDGET("MailOverBudget"),
  /** Mails were slowed or stopped for bounces and complaints, or one waits for that: an alarm. */
  MAIL_PAUSED("MailPaused"),
  /** All mail was stopped, that of customers too, as SES may stop the account: an alarm. */
  MAIL_STOPPED("MailStopped"),
  /** A mail bounced for good or was complained about: its mailbox gets no more. */
  MAILBOX_SUPPRESSED("MailboxSuppressed"),
  /** A page of the staff's door could not be shown: an alarm. */
  STAFF_UNAVAILABLE("StaffUnavailable"),
  /** What was to be a sign-in of staff proves nobody. */
  STAFF_SIGN_IN_REFUSED("StaffSignInRefused"),
  /** A member of staff saw an entry. */
  STAFF_OPENED("StaffOpened"),
  /** A member of staff had looked as often as anybody may in a day, and wanted more: an alarm. */
  STAFF_LIMIT_REACHED("StaffLimitReached"),
  /**
   * As many requests of one kind as may had begun on somebody's behalf in a day, and one more was
   * ordered: an alarm.
   */
  BEHALF_LIMIT_REACHED("BehalfLimitReached"),
  /** A link was looked at without a press: people do that, and mail scanners. */
  LINK_VIEWED("LinkViewed"),
  /** A button was pressed in time. */
  ADDRESS_CONFIRMED("AddressConfirmed"),
  /** By a request's link another deed was chosen than had been typed. */
  REQUEST_CHANGED("RequestChanged"),
  /** A new link was asked for. */
  LINK_REQUESTED("LinkRequested"),
  /** A submission was put aside for a person to look at. */
  SUBMISSION_HELD("SubmissionHeld"),
  /**
   * A row claimed to be confirmed without a proof, was none that intake writes, or was marked as
   * erased by nobody of ours: an alarm.
   */
  SUBMISSION_FORGED("SubmissionForged"),
  /**
   * Something that was sealed was opened by a function that does not know the rules that it was
   * checked by: an alarm.
   */
  OLDER_FORM("OlderForm"),
  /**
   * A submission that somebody really confirmed cannot be stored, and waits for a person: an alarm.
   */
  CONFIRMED_HELD("ConfirmedHeld"),
  /** A restore or a drill found entries of the ledger that nobody of ours has signed: an alarm. */
  LEDGER_INVALID("LedgerInvalid"),
  /** A verified submission became a new customer. */
  CUSTOMER_CREATED("CustomerCreated"),
  /** A verified submission was merged into a customer. */
  CUSTOMER_MERGED("CustomerMerged"),
  /** A verified submission was covered by an erasure. */
  SUBMISSION_ERASED("SubmissionErased"),
  /**
   * The owner of a mailbox said that they had not handed in what was mailed to them; many are an
   * alarm.
   */
  SUBMISSION_DISOWNED("SubmissionDisowned"),
  /** A submission that nobody confirmed in time was deleted by the time to live. */
  SUBMISSION_EXPIRED("SubmissionExpired"),
  /** A row on which work was owed was deleted, and not by the time to live: an alarm. */
  SUBMISSION_REMOVED("SubmissionRemoved"),
  /** The reconciler has looked at what is owed; no such count for an hour is an alarm. */
  RECONCILED("Reconciled"),
  /** A row that its stream seems to have forgotten was touched, so that it has a new record. */
  SUBMISSION_TOUCHED("SubmissionTouched"),
  /** A row was touched more than once and has not moved, counted at every look: an alarm. */
  SUBMISSION_STUCK("SubmissionStuck"),
  /** An erasure was committed. */
  CUSTOMER_ERASED("CustomerErased"),
  /** A request of a person about their data was answered. */
  REQUEST_ANSWERED("RequestAnswered"),
  /** More than half of the time is over in which a request must be answered: an alarm. */
  REQUEST_HALF_DUE("RequestHalfDue"),
  /** More than four fifths of it: an alarm. */
  REQUEST_NEARLY_DUE("RequestNearlyDue"),
  /** All of it: an alarm. */
  REQUEST_OVERDUE("RequestOverdue"),
  /** A customer has asked for something, and for a day no mail went out to confirm it: an alarm. */
  REQUEST_UNMAILED("RequestUnmailed"),
  /** A customer, or an entry, is to be kept no longer, and will go once the notice is over. */
  RETENTION_DUE("RetentionDue"),
  /** A customer cannot be read, so nobody can tell whether to keep them any longer: an alarm. */
  CUSTOMER_UNREADABLE("CustomerUnreadable"),
  /** An identity that had no binding was bound. */
  IDENTITY_BOUND("IdentityBound"),
  /** A customer was opened whose record is older than the row of the key. */
  CUSTOMER_RESTORED("CustomerRestored"),
  /** A customer was opened whose key's row is older than the record. */
  CUSTOMER_RECOVERED("CustomerRecovered"),
  /** There is a new sealing key; no such count for long is an alarm. */
  SEALING_KEY_ROTATED("SealingKeyRotated"),
  /** A key of the installation in KMS cannot be used, or is to be deleted: an alarm. */
  KEY_UNUSABLE("KeyUnusable"),
  /** A private sealing key was destroyed, and with it what was sealed and never confirmed. */
  SEALING_KEY_DESTROYED("SealingKeyDestroyed"),
  /** There is a new backup; no such count for 26 hours is an alarm. */
  BACKUP_TAKEN("BackupTaken"),
  /** A backup was restored, counted, opened and dropped again, as it should be. */
  DRILL_PASSED("DrillPassed"),
  /** A backup was not what it should be: an alarm. */
  DRILL_FAILED("DrillFailed"),
  /** At the end of a backup: no drill has passed for 35 days: an alarm. */
  DRILL_OVERDUE("DrillOverdue"),
  /** In a drill: an identity without its customer, or a customer without an identity: an alarm. */
  ORPHAN_FOUND("OrphanFound"),
  /** In a drill: identities and customers could not be compared, or not in time: an alarm. */
  ORPHANS_NOT_COUNTED("OrphansNotCounted"),
  /** A target was told something. */
  DELIVERED("Delivered"),
  /**
   * A target was not told of an entry, and will not be unless a person has it replayed: an alarm.
   */
  DELIVERY_FAILED("DeliveryFailed"),
  /** It may not have been counted elsewhere that an entry came in, and nobody tries again. */
  NOT_COUNTED("NotCounted"),
  /** A target has waited for something for more than an hour, counted at every look: an alarm. */
  DELIVERY_LATE("DeliveryLate"),
  /** Nothing goes to a target until a person has looked, counted at every look: an alarm. */
  LANE_STOPPED("LaneStopped"),
  /** A target was not told for 15 days that somebody is erased or has withdrawn: an alarm. */
  END_UNTOLD("EndUntold"),
  /** The canary has looked, whatever it found; no such count for two hours is an alarm. */
  CANARY_FLOWN("CanaryFlown"),
  /** The canary met what a person should not meet: an alarm. */
  CANARY_FAILED("CanaryFailed"),
  /** In a drill: a record in the backup is newer than its key's row in use: an alarm. */
  ROLLED_BACK("RolledBack");

  private final String metric;

  Counter(String metric) {
    this.metric = metric;
  }

  /** The metric's name in CloudWatch. */
  public String metric() {
    return metric;
  }

  /** Counts one. */
  public void increment() {
    add(1);
  }

  /**
   * Counts one, for the installation and for a form, in one line.
   *
   * @param form the name of a form that there is
   */
  public void increment(String form) {
    MetricLine.printOfBoth(Map.of(metric, 1), form);
  }

  /** Counts several at once; nothing is written for none. */
  public void add(int count) {
    if (count != 0) {
      MetricLine.print(Map.of(metric, count));
    }
  }
}
