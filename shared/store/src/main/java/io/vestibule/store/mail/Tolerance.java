package io.vestibule.store.mail;

/**
 * How many failures of a kind are borne among how many of the latest mails. It is also the smallest
 * sample: who has sent fewer is measured as if they had sent so many, so that a few failures in the
 * first days of a form are no share of anything.
 *
 * <p>SES puts an account under review at 5 % of bounces or 0.1 % of complaints, and stops it at 10
 * % or 0.5 %, with all else that sends from it. It measures over a "representative volume", which
 * it does not tell. The account's own limits are a little lower; a form's are about as high, among
 * fewer mails, so that a form is slowed long before the account is in danger.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/reputationdashboardmessages.html">Status
 *     messages of the reputation metrics</a>
 */
record Tolerance(int failures, int mails) {

  private static final Tolerance BOUNCES_OF_ACCOUNT = new Tolerance(40, 1_000);
  private static final Tolerance COMPLAINTS_OF_ACCOUNT = new Tolerance(4, 5_000);
  private static final Tolerance BOUNCES_OF_FORM = new Tolerance(8, 200);
  private static final Tolerance COMPLAINTS_OF_FORM = new Tolerance(2, 1_000);

  static Tolerance ofAccount(FailedMail.Kind kind) {
    return switch (kind) {
      case BOUNCE -> BOUNCES_OF_ACCOUNT;
      case COMPLAINT -> COMPLAINTS_OF_ACCOUNT;
    };
  }

  static Tolerance ofForm(FailedMail.Kind kind) {
    return switch (kind) {
      case BOUNCE -> BOUNCES_OF_FORM;
      case COMPLAINT -> COMPLAINTS_OF_FORM;
    };
  }
}
